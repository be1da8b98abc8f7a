import { describe, expect, it } from 'vitest'
import { compareWithReference } from '../reference/compare'
import { useClickHouse } from '../support/clickhouse'

const SEEDS = Array.from({ length: 4 }, (_, i) => 1000 + i * 17)

describe('every report equals a plain reading of the same events', () => {
  const clickhouse = useClickHouse()
  it.each(SEEDS)('with corrections, withdrawals, duplicates and shuffled order, now and as of then (seed %i)', async (seed) => {
    const events = await compareWithReference(clickhouse.projector(), clickhouse.reader(), seed, 250)
    expect(events).toBeGreaterThan(100)
  })
})
