import { importFile, mappingSchema } from '@circumspect/ingest'
import { buildOf, ClickHouseReports, DATABASES, REPORT_NAMES } from '@circumspect/views'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { useClickHouse } from '../support/clickhouse'
import { openHistory, project, TESTER, until } from '../support/service'

const mapping = mappingSchema.parse(JSON.parse(readFileSync('test/fixtures/made-up-mapping.json', 'utf8')))

/** So many cases of two children each, from a number on. */
const csv = (from: number, cases: number) =>
  ['case,school,day,time,place,what,child,role,sex']
    .concat(
      Array.from({ length: cases }, (_, i) => i + from).flatMap((n) => {
        const common = `${n},School ${n % 3},2026-0${1 + (n % 6)}-1${n % 9},10:${10 + (n % 40)},Corridor ${n % 4},physical`
        return [`${common},a${n % 7},alleged-perpetrator,M`, `${common},b${n % 5},alleged-victim,F`]
      }),
    )
    .join('\n')

describe('building the ledger anew', () => {
  const clickhouse = useClickHouse()

  it('while events keep coming: readers see whole figures throughout, and the same in the end', async () => {
    const history = await openHistory()
    const projector = await project(history, clickhouse.projector())
    const reports = new ClickHouseReports(clickhouse.reader(), DATABASES, () => new Date('2026-11-20T12:00:00Z'))
    const caughtUp = () => until('the views are at the head', async () => (await reports.watermark()) >= (await history.store.head()))
    await importFile(history, csv(1, 60), mapping, 'import', TESTER)
    await caughtUp()
    const schools = await reports.schools()
    const total = async () => {
      const { tables } = await reports.run('hotspots', { schools })
      return tables[0]!.rows.reduce((sum, row) => sum + Number(row.incidents), 0)
    }
    expect(await total()).toBe(60)

    const seen: number[] = []
    let rebuilding = true
    const reading = (async () => {
      while (rebuilding) seen.push(await total())
    })()
    const coming = importFile(history, csv(61, 30), mapping, 'import', TESTER)
    await projector.rebuild()
    await coming
    rebuilding = false
    await reading
    await caughtUp()

    expect(seen.length).toBeGreaterThan(0)
    expect(seen.every((n, i) => n >= (i === 0 ? 60 : seen[i - 1]!) && n <= 90)).toBe(true)
    expect(await total()).toBe(90)
    const after = await Promise.all(REPORT_NAMES.map((name) => reports.run(name, { schools })))
    await projector.rebuild()
    await caughtUp()
    expect(await Promise.all(REPORT_NAMES.map((name) => reports.run(name, { schools })))).toEqual(after)
    await projector.stop()
    await history.close()
  })
})

describe('the watermark', () => {
  const clickhouse = useClickHouse()

  it('the position that questions are answered at never goes back: from the first event, over a rebuild, to a fold that is new', async () => {
    const history = await openHistory()
    let projector = await project(history, clickhouse.projector())
    const reports = new ClickHouseReports(clickhouse.reader(), DATABASES, () => new Date('2026-11-20T12:00:00Z'))
    const caughtUp = () => until('the views are at the head', async () => (await reports.watermark()) >= (await history.store.head()))
    const marks: number[] = []
    let watching = true
    const watch = (async () => {
      while (watching) marks.push(await reports.watermark())
    })()
    for (let n = 0; n < 6; n++) await importFile(history, csv(1 + n * 10, 10), mapping, 'import', TESTER)
    await caughtUp()
    await projector.rebuild()
    await projector.stop()
    // As after an upgrade that folds otherwise: what is kept was made by other folds.
    await clickhouse.projector().command("ALTER TABLE version MODIFY COMMENT 'folded otherwise'", {}, { database: buildOf(DATABASES, 1).facts })
    projector = await project(history, clickhouse.projector())
    await importFile(history, csv(61, 10), mapping, 'import', TESTER)
    await caughtUp()
    watching = false
    await watch
    await projector.stop()
    await history.close()
    expect(marks.length).toBeGreaterThan(20)
    expect(marks.filter((mark, i) => i > 0 && mark < marks[i - 1]!)).toEqual([])
    expect(marks[0]).toBeLessThan(marks.at(-1)!)
  })
})
