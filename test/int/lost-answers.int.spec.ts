import { DirectFeed } from '@circumspect/feed'
import { Projector } from '@circumspect/projector'
import { ClickHouse, ClickHouseReports, REPORT_NAMES, type Databases } from '@circumspect/views'
import { describe, expect, it } from 'vitest'
import { Chance } from '../../apps/standalone/src/demo/chance'
import { fillWithDemo } from '../../apps/standalone/src/demo/fill'
import { useClickHouse } from '../support/clickhouse'
import { startCuttingProxy } from '../support/cutting-proxy'
import { seedOfRun } from '../support/seed'
import { openHistory, until } from '../support/service'

const NOW = new Date('2026-11-20T18:00:00Z')

/** A ClickHouse server named by its address, user and password, as in the distributed run. */
describe('answers of ClickHouse that are lost after it has done what it was asked', () => {
  const clickhouse = useClickHouse()

  it('change nothing: inserts are sent again, and nothing counts twice', async () => {
    const history = await openHistory()
    await fillWithDemo(history, { today: '2026-11-20', share: 0.05 })
    const head = await history.store.head()
    const { schools, expected } = await follow('whole', () => false)
    const chance = new Chance(seedOfRun('lost answers'))
    const inserted = new Set<string>()
    const lostInserts = (address: string, body: Buffer) => {
      const table = /INSERT INTO (?:\w+\.)?(\w+)/.exec(`${address.replaceAll('+', ' ')} ${body.subarray(0, 200).toString('latin1')}`)?.[1]
      // The first into each table, and some of the others. What is inserted from a question is not sent again: the folding begins anew.
      const lost = table !== undefined && !table.endsWith('_rows') && (!inserted.has(table) || chance.is(0.1))

      if (table !== undefined) inserted.add(table)
      return lost
    }
    const torn = await follow('torn', lostInserts)
    expect(torn.cut).toBeGreaterThan(5)
    expect([...inserted]).toEqual(expect.arrayContaining(['ledger', 'timeline', 'progress', 'fresh', 'round']))
    expect(torn.schools).toEqual(schools)
    expect(torn.expected).toBe(expected)
    await history.close()

    async function follow(name: string, lost: (address: string, body: Buffer) => boolean) {
      const databases: Databases = { ledger: `circumspect_${name}`, facts: `circumspect_${name}_facts` }
      const engine = clickhouse.engine()
      const proxy = await startCuttingProxy(engine.url, lost)
      const client = new ClickHouse(proxy.url, 'projector', engine.credentials.projector)
      const feed = new DirectFeed(history.store, ({ reason }) => expect.fail(reason))
      const projector = new Projector({ feed, clickhouse: client, databases, now: () => NOW, log: () => undefined })
      await projector.startWhenThere()
      const reports = new ClickHouseReports(clickhouse.reader(), databases, () => NOW)
      await until(`the views are at ${head}`, async () => (await reports.watermark()) >= head)
      const schools = await reports.schools()
      const all: string[] = []
      for (const report of REPORT_NAMES) all.push(JSON.stringify(await reports.run(report, { schools })))
      await projector.stop()
      await client.close()
      await proxy.close()
      return { schools, expected: all.join('\n'), cut: proxy.cut() }
    }
  })
})
