import { applySchema, DATABASES, Facts, LedgerWriter } from '@circumspect/views'
import { describe, expect, it } from 'vitest'
import { useClickHouse } from '../support/clickhouse'
import { MadeUpHistory } from '../reference/history'

describe('events that come again', () => {
  const clickhouse = useClickHouse()

  it('are kept once, also where only the parts they touch are folded and nothing has been merged', async () => {
    const { events } = new MadeUpHistory(7, 200)
    const client = clickhouse.projector()
    await applySchema(client, DATABASES.ledger)
    const facts = new Facts(client, DATABASES)
    await facts.apply(-1)
    const writer = new LedgerWriter(client, DATABASES.ledger)
    const head = events.at(-1)!.position
    for (const some of [events, events.slice(-20)]) {
      await writer.write(some)
      await facts.follow(await facts.touched(some[0]!.position - 1, head), head)
    }
    const [ledger] = await client.query<{ rows: string; once: string }>('SELECT count() AS rows, uniqExact(event, kind, ordinal) AS once FROM ledger', {}, { database: DATABASES.ledger })
    expect(Number(ledger!.rows), 'nothing has been merged').toBeGreaterThan(Number(ledger!.once))
    const sql = 'SELECT generation, count() AS rows, uniqExact(event, kind, ordinal) AS once FROM living_rows GROUP BY generation'
    const kept = await client.query<{ rows: string; once: string }>(sql, {}, { database: DATABASES.facts })
    expect(kept.filter(({ rows, once }) => rows !== once)).toEqual([])
    expect(kept.length).toBeGreaterThan(2)
  })
})
