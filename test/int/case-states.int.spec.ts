import { streamId } from '@circumspect/domain'
import { ClickHouseReports, DATABASES } from '@circumspect/views'
import { describe, expect, it } from 'vitest'
import { useClickHouse } from '../support/clickhouse'
import { fact, idOf, SCHOOL } from '../support/least-facts'
import { openHistory, project, TESTER, until } from '../support/service'

const TODAY = new Date('2026-03-20T12:00:00Z')
const CASES = {
  'not-taken-up': [[]],
  open: [['concern-taken-up'], ['case-closed', 'case-reopened'], ['concern-taken-up', 'case-dealt-with', 'case-closed', 'case-reopened']],
  'dealt-with': [['case-dealt-with'], ['case-dealt-with', 'case-closed', 'case-reopened', 'case-dealt-with']],
  closed: [['case-closed'], ['case-dealt-with', 'case-closed'], ['case-closed', 'case-reopened', 'case-closed']],
} as const

describe('the state in which a case is found', () => {
  const clickhouse = useClickHouse()

  it('is closed until it is opened again; else what was last said of it', async () => {
    const history = await openHistory(() => TODAY)
    await history.recorder.record(streamId('school', SCHOOL), [fact('school-registered')], { recordedBy: TESTER })
    const made = Object.entries(CASES).flatMap(([state, all]) => all.map((types) => ({ state, types, name: `${state} after ${types.join(', ')}` })))
    for (const { name, types } of made) {
      const facts = ['disclosure-made' as const, ...types].map((type, i) => ({ ...fact(type, {}, { at: '2026-03-02' }), id: idOf(`${name} ${i}`) }))
      await history.recorder.record(streamId('case', idOf(name)), facts, { recordedBy: TESTER, school: SCHOOL })
    }
    const projector = await project(history, clickhouse.projector())
    const reports = new ClickHouseReports(clickhouse.reader(), DATABASES, () => TODAY)
    const head = await history.store.head()
    await until('the views are at the head', async () => (await reports.watermark()) >= head)
    const { cases } = await reports.find({ schools: [SCHOOL] }, 100, 0)
    expect(Object.fromEntries(cases.map((found) => [made.find(({ name }) => idOf(name) === found.case)!.name, found.state]))).toEqual(Object.fromEntries(made.map(({ name, state }) => [name, state])))
    await projector.stop()
    await history.close()
  })
})
