import { streamId } from '@circumspect/domain'
import { DATABASES, ClickHouseReports } from '@circumspect/views'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useClickHouse } from '../support/clickhouse'
import { ASSESSMENT, fact, idOf, PLAN, REFERRAL, SCHOOL } from '../support/least-facts'
import { openHistory, project, TESTER, until, type History } from '../support/service'

const TODAY = new Date('2026-03-20T12:00:00Z')
const on = (date: string) => ({ at: date })
type Facts = ReturnType<typeof fact>[]

describe('what waits today, of the views', () => {
  const clickhouse = useClickHouse()
  let history: History
  let projector: Awaited<ReturnType<typeof project>>
  let reports: ClickHouseReports
  let child: string
  let other: string

  beforeAll(async () => {
    history = await openHistory(() => TODAY)
    const by = { recordedBy: TESTER }
    const children = ['a', 'b'].map((value) => history.vault.childFor([{ issuer: 'test', scheme: 'number', value }], { name: `Child ${value}` }))
    ;[child, other] = (await Promise.all(children)) as [string, string]
    const policy = fact('policy-set', { from: '2026-03-01', referralAnswer: 5 })
    await history.recorder.record(streamId('school', SCHOOL), [fact('school-registered'), policy], by)
    const told = fact('disclosure-made', {}, on('2026-03-02'))
    const taken = fact('concern-taken-up', {}, on('2026-03-02'))
    const record = (name: string, facts: Facts) => history.recorder.record(streamId('case', idOf(name)), [{ ...told, id: idOf(`${name} told`) }, ...facts], { ...by, school: SCHOOL })
    const taking = (name: string) => ({ ...taken, id: idOf(`${name} taken`) })
    await record('new', [])
    await record('closed', [fact('case-closed')])
    await record('again', [fact('case-closed'), fact('case-reopened')])
    const incident = fact('incident-recorded', { behaviour: 'sexual-violence.sexual-assault' }, on('2026-03-02'))
    await record('violent', [taking('violent'), incident])
    await record('process', [
      taking('process'),
      fact('risk-assessed', { child, assessment: ASSESSMENT, reviewDue: '2026-03-23' }, on('2026-03-03')),
      fact('criminal-process-updated', { child }, on('2026-03-05')),
    ])
    await record('referred', [taking('referred'), fact('referral-made', { referral: REFERRAL, agency: 'police', children: [child] }, on('2026-03-09'))])
    await record('told by them', [taking('told by them'), fact('referral-made', { referral: idOf('theirs'), madeByAgency: true, children: [child] }, on('2026-03-09'))])
    await record('plans', [
      taking('plans'),
      fact('safety-plan-agreed', { plan: PLAN, child }, on('2026-03-04')),
      fact('aftercare-reviewed', { child: other, nextDue: '2026-03-19' }, on('2026-03-04')),
      fact('support-planned', { plan: idOf('support'), child, reviewDue: '2026-05-01' }, on('2026-03-04')),
    ])
    projector = await project(history, clickhouse.projector())
    reports = new ClickHouseReports(clickhouse.reader(), DATABASES, () => TODAY)
    const head = await history.store.head()
    await until('the views are at the head', async () => (await reports.watermark()) >= head)
  })
  afterAll(async () => {
    await projector?.stop()
    await history?.close()
  })

  const waiting = async (what: string) => (await reports.today([SCHOOL])).groups.find((g) => g.what === what)?.items ?? []
  const casesOf = async (what: string) => (await waiting(what)).map((item) => item.case).sort()
  const cases = (...names: string[]) => names.map(idOf).sort()

  it('has open cases that nobody has taken up, and those opened again', async () => {
    expect(await casesOf('take-up')).toEqual(cases('new', 'again'))
    expect((await waiting('take-up'))[0]).toMatchObject({ since: '2026-03-02', due: '2026-03-03', late: 13 })
  })

  it('has sexual violence without an assessment, and news of a criminal process after one', async () => {
    expect(await casesOf('risk-assessment')).toEqual(cases('violent'))
    expect(await waiting('risk-again')).toMatchObject([{ case: idOf('process'), since: '2026-03-05', due: '2026-03-06', late: 10 }])
  })

  it('has referrals that were due and not made, and those not answered within what the school has set', async () => {
    expect(await casesOf('referral')).toEqual(cases('violent'))
    expect(await waiting('answer')).toMatchObject([{ case: idOf('referred'), thing: REFERRAL, agency: 'police', due: '2026-03-16', late: 4 }])
  })

  it('has plans by their day or by the policy, and none that is far off', async () => {
    expect(await waiting('risk-review')).toMatchObject([{ thing: ASSESSMENT, due: '2026-03-23', late: -1 }])
    expect(await waiting('safety-review')).toMatchObject([{ thing: PLAN, child, since: '2026-03-04' }])
    expect(await waiting('aftercare')).toMatchObject([{ child: other, due: '2026-03-19', late: 1 }])
    expect(await waiting('support-review')).toEqual([])
  })

  it('has of one case what waits in it, counted by itself', async () => {
    const all = (await reports.today([SCHOOL])).groups.flatMap((g) => g.items)
    for (const one of cases('plans', 'violent')) {
      const { groups } = await reports.today([SCHOOL], [one])
      expect(groups.flatMap((g) => g.items)).toEqual(all.filter((item) => item.case === one))
      expect(groups.map((g) => g.total)).toEqual(groups.map((g) => g.items.length))
      expect(groups.length).toBeGreaterThan(1)
    }
    expect((await reports.today([SCHOOL], [idOf('no case')])).groups).toEqual([])
  })

  it('says nothing of another school', async () => {
    expect((await reports.today([idOf('nowhere')])).groups).toEqual([])
  })
})
