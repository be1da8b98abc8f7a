import { EventStoreDbEventStore, NO_STREAM } from '@circumspect/event-store'
import { openPostgresLeases, PostgresVault } from '@circumspect/identity'
import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HistorySigner } from '../../apps/ingest/src/history/history-signer'
import { SharedTree } from '../../apps/ingest/src/history/shared-tree'
import { newEvents, newStream } from '../support/events'
import { startEventStoreDbDouble, type EventStoreDbDouble } from '../support/eventstoredb-double/double'
import { testFolder } from '../support/folder'
import { newDatabase, postgresThere, startPostgres, type TestPostgres } from '../support/postgres'
import { INGEST, run, type Env } from '../support/run-program'
import { AT, reference } from '../support/texts'

const said = (code: number, text: string) => ({ code, output: expect.stringContaining(text) as string })

describe.runIf(postgresThere())('what an operator does beside the services, on a double of EventStoreDB whose log can be altered', () => {
  let postgres: TestPostgres
  let double: EventStoreDbDouble
  let env: Env
  let store: EventStoreDbEventStore
  let vault: PostgresVault
  beforeAll(async () => void (postgres = await startPostgres()))
  afterAll(() => postgres.end())
  beforeEach(async () => {
    double = await startEventStoreDbDouble({ quiet: true })
    const key = randomBytes(32).toString('base64')
    env = { CIRCUMSPECT_EVENTSTORE_URL: double.url, CIRCUMSPECT_POSTGRES_URL: await newDatabase(postgres.url), CIRCUMSPECT_MASTER_KEY: key }
    store = new EventStoreDbEventStore({ connectionString: double.url })
    vault = await PostgresVault.open({ url: env.CIRCUMSPECT_POSTGRES_URL! }, key)
    return async () => {
      await store.close()
      await vault.close()
      double.stop()
    }
  })

  it('verify says that the history is whole, and names the first event that does not fit', async () => {
    const shared = await openPostgresLeases({ url: env.CIRCUMSPECT_POSTGRES_URL! })
    const signer = new HistorySigner(new SharedTree({ store, leases: shared.leases, checkpoints: shared.checkpoints, holder: randomUUID() }), vault)
    for (let i = 0; i < 3; i++) await store.append(newStream(), newEvents(2), NO_STREAM)
    await signer.stop()
    await store.append(newStream(), newEvents(1), NO_STREAM)
    expect(await run([INGEST, 'verify'], env)).toEqual(said(0, 'The history is whole: 7 events, root '))

    const ours = double.log.records.filter(({ stream }) => stream.startsWith('case-'))
    for (const at of [5, 3]) ours[at]!.metadata.write(String(ours[at]!.metadata).replace('2026-01-31T10', '2026-01-31T11'))
    expect(await run([INGEST, 'verify'], env)).toEqual(said(3, 'NOT whole. Position 3: The event is not what was recorded'))
    await shared.close()
  })

  it('verify says which server is away, and names no command but those there are', async () => {
    double.stop()
    expect(await run([INGEST, 'verify'], env)).toEqual(said(1, 'The event store did not answer'))
    expect(await run([INGEST, 'verify'], {})).toEqual(said(1, 'CIRCUMSPECT_MASTER_KEY, '))
    expect(await run([INGEST, 'improve'], env)).toEqual(said(2, 'replay-erasures FILE'))
  })

  it('erasures are written to a file or to stdout, and repeated from it in another vault', async () => {
    const child = await vault.childFor([reference()])
    await vault.erase(child, AT, 'ordered')
    const file = join(testFolder(), 'erasures.csv')
    expect(await run([INGEST, 'erasures', '--to', file], env)).toEqual(said(0, '1 erasures are written'))
    expect(await run([INGEST, 'erasures'], env)).toEqual({ code: 0, output: readFileSync(file, 'utf8') })
    const restored = { ...env, CIRCUMSPECT_POSTGRES_URL: await newDatabase(postgres.url) }
    expect(await run([INGEST, 'erasures', '--to', file], restored)).toEqual(said(1, 'Repeat them first: replay-erasures'))
    expect(await run([INGEST, 'replay-erasures', file], restored)).toEqual(said(0, '1 erasures: 1 made again'))
    expect(await run([INGEST, 'replay-erasures'], restored)).toEqual(said(1, 'Say which file'))
    expect((await run([INGEST, 'erasures'], restored)).output).toBe(readFileSync(file, 'utf8'))
  })
})
