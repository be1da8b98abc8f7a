import { describe, expect, it } from 'vitest'
import { compareWithReference } from '../reference/compare'
import { useClickHouse } from '../support/clickhouse'

/** Seeds, and how many steps a history has. In the first no case was told in some of the periods asked for. */
const HISTORIES: [number, number][] = [[1, 120], [1000, 250], [1017, 250], [1034, 250], [1051, 250]]

describe('every report equals a plain reading of the same events', () => {
  const clickhouse = useClickHouse()
  it.each(HISTORIES)('with corrections, withdrawals, duplicates and shuffled order, now and as of then (seed %i, %i steps)', async (seed, steps) => {
    const events = await compareWithReference(clickhouse.projector(), clickhouse.reader(), seed, steps)
    expect(events).toBeGreaterThan(50)
  })
})
