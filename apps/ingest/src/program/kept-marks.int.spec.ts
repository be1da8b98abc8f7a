import { openSqliteLeases } from '@circumspect/identity'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeptMarks } from './kept-marks'

const mark = (position: number) => ({ position, commit: 9_007_199_254_740_993n + BigInt(position), prepare: BigInt(position) })

describe('marks that are kept', () => {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-marks-'))
  let shared: ReturnType<typeof openSqliteLeases>
  beforeAll(() => void (shared = openSqliteLeases(join(directory, 'leases.db'))))
  afterAll(async () => {
    await shared.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('are there for the next process, exact beyond 2⁵³, in order whoever kept them', async () => {
    const [one, other] = [new KeptMarks(shared.checkpoints, 'few'), new KeptMarks(shared.checkpoints, 'few')]
    await one.keep(mark(2000))
    await other.keep(mark(1000))
    await one.keep(mark(2000))
    const next = new KeptMarks(shared.checkpoints, 'few')
    expect([await next.before(1000), await next.before(2000), await next.before(5000)]).toEqual([undefined, mark(1000), mark(2000)])
  })

  it('stay few: near the end one lies close behind, far from it still one in reach', async () => {
    const marks = new KeptMarks(shared.checkpoints, 'many')
    for (let position = 0; position < 300_000; position += 1000) await marks.keep(mark(position))
    const next = new KeptMarks(shared.checkpoints, 'many')
    expect((await next.before(299_500))?.position).toBe(299_000)
    for (const asked of [20_000, 100_000, 200_000, 290_000]) {
      const { position } = (await next.before(asked))!
      expect(asked - position).toBeLessThan(1000 + (300_000 - asked) / 8)
    }
    expect(JSON.parse((await shared.checkpoints.read('many')).value!)).toHaveLength(64)
  })
})
