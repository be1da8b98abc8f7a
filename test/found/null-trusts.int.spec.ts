import { describe, it } from 'vitest'
import { useClickHouse } from '../support/clickhouse'
import { expectStatedRates } from './null-trusts'

describe('trusts with nothing planted', () => {
  const clickhouse = useClickHouse()

  it('have no more false findings than the findings state', async () => {
    await expectStatedRates(clickhouse.projector(), clickhouse.reader(), 1000, 10)
  }, 600_000)
})
