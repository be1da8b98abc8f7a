import type { Checkpoints, Leases } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

export interface LeasesUnderTest {
  readonly leases: Leases
  readonly checkpoints: Checkpoints
  close(): Promise<void>
}

/** What any leases and checkpoints have to do. `open` gives another who shares them, each with connections of its own. */
export function describeLeases(name: string, open: () => Promise<LeasesUnderTest>): void {
  const all: LeasesUnderTest[] = []
  const one = () => all[0]!
  beforeAll(async () => {
    for (let i = 0; i < 16; i++) all.push(await open())
  })
  afterAll(async () => {
    for (const { close } of all) await close()
  })
  const LONG = 600_000

  describe(`leases on ${name}`, () => {
    it('go to one of 16 who ask at once', async () => {
      for (let round = 0; round < 5; round++) {
        const lease = randomUUID()
        const got = await Promise.all(all.map(({ leases }, i) => leases.acquire(lease, `holder ${i}`, LONG)))
        expect(got.filter((l) => l !== undefined)).toHaveLength(1)
      }
    })

    it('are renewed by asking again under the same token, and refused to others until released', async () => {
      const [lease, { leases }] = [randomUUID(), one()]
      const first = (await leases.acquire(lease, 'a', LONG))!
      expect(await leases.acquire(lease, 'a', LONG)).toEqual(first)
      expect(await leases.renew(first, LONG)).toBe(true)
      expect(await leases.acquire(lease, 'b', LONG)).toBeUndefined()
      expect([await leases.held(lease), await leases.held(randomUUID())]).toEqual([true, false])
      await leases.release(first)
      expect(await leases.held(lease)).toBe(false)
      expect(await leases.renew(first, LONG)).toBe(false)
      const second = (await leases.acquire(lease, 'b', LONG))!
      expect(second.token).toBeGreaterThan(first.token)
      await leases.release(first)
      expect(await leases.renew(second, LONG)).toBe(true)
    })

    it('not renewed in time can be taken by another, and then are not renewed', async () => {
      const [lease, { leases }] = [randomUUID(), one()]
      const first = (await leases.acquire(lease, 'a', 1))!
      await sleep(20)
      expect(await leases.renew(first, LONG)).toBe(false)
      const second = (await all[1]!.leases.acquire(lease, 'b', LONG))!
      expect(second).toMatchObject({ name: lease, holder: 'b', token: first.token + 1 })
      expect(await leases.renew(first, LONG)).toBe(false)
      expect(await leases.acquire(lease, 'a', LONG)).toBeUndefined()
    })

    it('that ran out come back to the same holder under a new token: somebody may have had them between', async () => {
      const [lease, { leases }] = [randomUUID(), one()]
      const first = (await leases.acquire(lease, 'a', 1))!
      await sleep(20)
      expect((await leases.acquire(lease, 'a', LONG))!.token).toBe(first.token + 1)
    })
  })

  describe(`checkpoints on ${name}`, () => {
    it('are written where nobody else has written meanwhile', async () => {
      const [mark, { checkpoints }] = [randomUUID(), one()]
      expect(await checkpoints.read(mark)).toEqual({ version: 0, value: undefined })
      expect(await checkpoints.write(mark, 1, 'too soon', 1)).toBeUndefined()
      expect(await checkpoints.write(mark, 0, 'first', 1)).toBe(1)
      expect(await checkpoints.write(mark, 0, 'again', 1)).toBeUndefined()
      expect(await checkpoints.write(mark, 1, 'second', 1)).toBe(2)
      expect(await checkpoints.write(mark, 1, 'late', 1)).toBeUndefined()
      expect(await all[1]!.checkpoints.read(mark)).toEqual({ version: 2, value: 'second' })
    })

    it('are refused to whoever holds an older token', async () => {
      const [mark, { checkpoints }] = [randomUUID(), one()]
      await checkpoints.write(mark, 0, 'by the second', 2)
      expect(await checkpoints.write(mark, 1, 'by the first', 1)).toBeUndefined()
      expect(await checkpoints.write(mark, 1, 'by the third', 3)).toBe(2)
      expect(await checkpoints.read(mark)).toEqual({ version: 2, value: 'by the third' })
    })

    it('count every step of 16 who write at once', async () => {
      const mark = randomUUID()
      const step = async ({ checkpoints }: LeasesUnderTest): Promise<void> => {
        const { version, value } = await checkpoints.read(mark)
        if ((await checkpoints.write(mark, version, String(Number(value ?? 0) + 1), 1)) === undefined) await step({ ...one(), checkpoints })
      }
      await Promise.all(all.map(step))
      expect(await one().checkpoints.read(mark)).toEqual({ version: 16, value: '16' })
    })
  })
}
