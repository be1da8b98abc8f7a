import { canonicalEvent, EventStoreDbEventStore, leafHash, NO_STREAM, openNote, verifyHistory } from '@circumspect/event-store'
import { openSqliteLeases, SqliteVault } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { newEvents, newStream } from '../../../../test/support/events'
import { startEventStoreDbDouble, type EventStoreDbDouble } from '../../../../test/support/eventstoredb-double/double'
import { testFolder } from '../../../../test/support/folder'
import { HistorySigner } from './history-signer'
import { SharedTree } from './shared-tree'
import { verifySigned } from './verify'

describe('signing a history in EventStoreDB, on a double', () => {
  let double: EventStoreDbDouble
  let store: EventStoreDbEventStore
  let vault: SqliteVault
  let shared: ReturnType<typeof openSqliteLeases>
  beforeEach(async () => {
    double = await startEventStoreDbDouble({ quiet: true })
    store = new EventStoreDbEventStore({ connectionString: double.url })
    const folder = testFolder()
    vault = new SqliteVault(join(folder, 'vault.db'))
    shared = openSqliteLeases(join(folder, 'leases.db'))
    return async () => {
      await store.close()
      await vault.close()
      await shared.close()
      double.stop()
    }
  })
  const append = (n: number) => store.append(newStream(), newEvents(n), NO_STREAM)
  const tree = (from: Pick<EventStoreDbEventStore, 'readAll'> = store) => new SharedTree({ store: from, leases: shared.leases, checkpoints: shared.checkpoints, holder: randomUUID() })
  const signed = async () => {
    const { publicKey } = await vault.signingKeys()
    return (await vault.notes()).map((note) => openNote(note, publicKey))
  }
  /** Alters an event in the log and the hash beside it, as somebody would who knows both. */
  const rewrite = (at: number, how: (metadata: string) => string) => {
    const ours = double.log.records.filter(({ stream }) => stream.startsWith('case-'))
    const { metadata } = ours[at]!
    metadata.write(how(String(metadata)))
  }

  it('keeps the root of what is recorded, again when more is, and not twice the same', async () => {
    const one = tree()
    const signer = new HistorySigner(one, vault)
    await append(3)
    await signer.sign()
    await signer.sign()
    await append(2)
    await signer.stop()
    const whole = await verifyHistory(store)
    expect(await signed()).toEqual([expect.objectContaining({ size: 3 }), whole.ok && { size: 5, root: whole.root }])
    expect([signer.size, await verifySigned(store, vault)]).toEqual([5, whole])
  })

  it('goes on after a restart, reading no event again, and so signs nothing that was altered in between', async () => {
    await append(4)
    const first = tree()
    await new HistorySigner(first, vault).sign()
    await first.release()
    rewrite(1, (text) => text.replace('2026-01-31T10', '2026-01-31T11').replace(/"leaf":"[0-9a-f]{4}/, '"leaf":"0000'))
    const before = await signed()
    await append(2)
    const from: number[] = []
    await new HistorySigner(tree({ readAll: (position, limit) => (from.push(position), store.readAll(position, limit)) }), vault).sign()
    expect(from).toEqual([4, 6])
    expect((await signed()).map(({ size }) => size)).toEqual([4, 6])
    expect((await signed())[0]).toEqual(before[0])
    expect(await verifySigned(store, vault)).toMatchObject({ ok: false, position: 1 })
  })

  it('signs one at a time, and another goes on where one has left', async () => {
    await append(3)
    const [one, other] = [tree(), tree()]
    const keys = await vault.signingKeys()
    expect((await one.checkpoint(keys))?.size).toBe(3)
    expect(await other.checkpoint(keys)).toBeUndefined()
    await one.release()
    await append(1)
    expect((await other.checkpoint(keys))?.size).toBe(4)
    expect(await one.checkpoint(keys)).toBeUndefined()
  })

  it('says that it could not sign while the server is away, and signs when it is back', async () => {
    await append(2)
    const log: string[] = []
    const signer = new HistorySigner(tree(), vault, (line) => log.push(line), 50)
    double.stop()
    await expect.poll(() => log.length, { timeout: 30_000 }).toBeGreaterThan(0)
    expect(log[0]).toBe('The history could not be signed now (unavailable).')
    await double.start()
    await expect.poll(() => signer.size, { timeout: 30_000 }).toBe(2)
    await signer.stop()
  })

  it('names between which checkpoints an event and its hash were rewritten together, and an end that was cut off', async () => {
    const signer = new HistorySigner(tree(), vault)
    for (const n of [3, 3, 3]) {
      await append(n)
      await signer.sign()
    }
    const [event] = await store.readAll(4, 1)
    const { position: _, ...stored } = event!
    const [old, forged] = [leafHash(canonicalEvent(stored)), leafHash(canonicalEvent({ ...stored, recordedAt: stored.recordedAt.replace('T10', 'T11') }))]
    rewrite(4, (text) => text.replace('2026-01-31T10', '2026-01-31T11').replace(old.toString('hex'), forged.toString('hex')))
    expect(await verifyHistory(store)).toMatchObject({ ok: true })
    expect(await verifySigned(store, vault)).toMatchObject({ ok: false, position: 3, until: 5 })
    rewrite(4, (text) => text.replace('2026-01-31T11', '2026-01-31T10').replace(forged.toString('hex'), old.toString('hex')))
    expect(await verifySigned(store, vault)).toMatchObject({ ok: true, size: 9 })
    double.log.records.splice(-2)
    await store.close()
    store = new EventStoreDbEventStore({ connectionString: double.url })
    expect(await verifySigned(store, vault)).toMatchObject({ ok: false, position: 6, until: 7, why: expect.stringContaining('9 were signed') as string })
    await signer.stop()
  })
})
