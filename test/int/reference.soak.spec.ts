import { describe, it } from 'vitest'
import { compareWithReference } from '../reference/compare'
import { useClickHouse } from '../support/clickhouse'

describe('every report equals a plain reading of the same events, at length', () => {
  const clickhouse = useClickHouse()
  it.each(Array.from({ length: 20 }, (_, i) => 5000 + i))('seed %i', async (seed) => {
    await compareWithReference(clickhouse.projector(), clickhouse.reader(), seed, 300)
  })
})
