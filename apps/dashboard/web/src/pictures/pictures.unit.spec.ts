import type { ReportName } from '@circumspect/views'
import { describe, expect, it } from 'vitest'
import type { NamedReport } from '../shared/api'
import { picturesOf } from '.'
import { picturesForAnalysts, picturesOfAppraisal } from './appraisals'
import type { BarPicture, ControlPicture, CurvePicture, FunnelPicture, MatrixPicture } from './picture'
import { everyMonth } from './reporting'
import { bars } from './rows'

type Rows = Record<string, string | number | null>[]

const reportOf = (report: ReportName, tables: Record<string, Rows>, names: Record<string, string> = {}): NamedReport => ({
  report,
  title: '',
  definition: '',
  request: { schools: [] },
  position: 1,
  at: '2026-11-20T12:00:00Z',
  tables: Object.entries(tables).map(([name, rows]) => ({ name, title: name, columns: [], rows })),
  names,
})

describe('a picture', () => {
  it('says its largest figure in words, and whose it is', () => {
    const of = (...values: number[]) =>
      bars({ title: 'Cases', unit: 'cases', series: ['Cases'], points: values.map((n, i) => ({ label: `School ${i}`, values: [n] })) }).inWords
    expect(of(3, 12)).toBe('Cases. The largest is 12 cases, for School 1.')
    expect(of(3, 3)).toBe('Cases. The largest is 3 cases, for 2 of them.')
    expect(of(0)).toBe('Cases, cases: nothing to show.')
  })

  it('is not made of nothing', () => {
    for (const name of ['patterns', 'repeats', 'time-to-referral', 'responses', 'reviews', 'lessons', 'reporting', 'trend'] as const)
      expect(Object.values(picturesOf(reportOf(name, {}))).flat(), name).toEqual([])
    expect(picturesOf(reportOf('hotspots', {}))).toEqual({})
  })
})

describe('patterns', () => {
  const row = (role: string, dimension: string, value: string, rate: number | null, year = '202526') => ({
    role, school_year: year, dimension, value, roll: rate === null ? null : 10, children_per_1000: rate,
  })
  const rows = [
    row('alleged-victim', 'year-group', '10', 1), row('alleged-victim', 'year-group', '9', 2), row('alleged-victim', 'year-group', 'R', 3),
    row('alleged-victim', 'sen-provision', 'E', 4), row('alleged-victim', 'sen-provision', 'N', 5), row('alleged-perpetrator', 'sen-provision', 'K', 6),
    row('alleged-victim', 'sen-provision', 'unknown', 7), row('alleged-victim', 'sen-provision', 'N', 9, '202425'),
    row('alleged-victim', 'vulnerability', 'looked-after', null), row('alleged-victim', 'sex', 'F', null, '202627'),
  ]

  it('are rates of the last school year with a roll, in the order people expect, a role not recorded left open', () => {
    const [years, sen] = picturesOf(reportOf('patterns', { involvements: rows })).involvements as BarPicture[]
    expect(years!.points.map((p) => p.label)).toEqual(['Reception', '9', '10'])
    expect(sen!.title).toBe('Children per 1,000 pupils on roll, by SEN provision, 2025/26')
    expect(sen!.series).toEqual(['Child harmed', 'Child alleged to have caused harm'])
    expect(sen!.points.map((p) => [p.label, ...p.values])).toEqual([
      ['No SEN', 5, null], ['SEN support', null, 6], ['EHC plan', 4, null], ['Not known', 7, null],
    ])
  })

  it('show who acted on whom as a square, none where none was', () => {
    const pairs = [{ by_sex: 'M', on_sex: 'F', incidents: 2, acts: 3 }]
    const [square] = picturesOf(reportOf('patterns', { pairs })).pairs as MatrixPicture[]
    expect(square!.figures).toEqual([[0, 0, 0], [3, 0, 0], [0, 0, 0]])
    expect(square!.labels).toEqual(['Girl', 'Boy', 'Not known'])
  })
})

describe('time to referral', () => {
  it('is a curve, with what is known at a day said', () => {
    const curve = [0, 3, 24, 30].map((hours, i) => ({ hours, referred: i / 4, decided_against: 0.1 }))
    const [drawn] = picturesOfAppraisal({ ...reportOf('time-to-referral', { curve }), findings: [] }) as CurvePicture[]
    expect(drawn!.points.map((p) => [p.x, p.values[0]])).toEqual([[0, 0], [3, 0.25], [24, 0.5], [30, 0.75]])
    expect(drawn!.inWords).toContain('Within 24 hours: 50 %.')
  })

  it('has the Lorenz curve apart, with the line of equality, each curve its own points', () => {
    const lorenz = [['the involved', 0, 0], ['the involved', 0.8, 0.5], ['the involved', 1, 1], ['the pupils on roll', 0, 0], ['the pupils on roll', 0.9, 0], ['the pupils on roll', 1, 1]]
      .map(([of, subjects, events]) => ({ of: of!, subjects: subjects!, events: events! }))
    const appraisal = { ...reportOf('repeats', { lorenz }), findings: [] }
    expect(picturesOfAppraisal(appraisal)).toEqual([])
    const [drawn] = picturesForAnalysts(appraisal) as CurvePicture[]
    expect(drawn!.series).toEqual(['Among the involved', 'Among the pupils on roll', 'If all had equally many'])
    expect(drawn!.points.filter((p) => p.values[0] !== null).map((p) => [p.x, p.values[0]])).toEqual([[0, 0], [80, 0.5], [100, 1]])
    expect(drawn!.points.filter((p) => p.values[1] !== null).map((p) => [p.x, p.values[1]])).toEqual([[0, 0], [90, 0], [100, 1]])
    expect(picturesForAnalysts({ ...reportOf('repeats', {}), findings: [] })).toEqual([])
  })

  it('is by school where there are several, of all where there is one', () => {
    const outcome = (dimension: string, value: string) => ({ dimension, value, referred: 1, before: 0, reversed: 0, decided_against: 0, open: 2, median_hours: 3 })
    const labels = (...schools: string[]) => {
      const outcomes = [outcome('all', 'all'), ...schools.map((s) => outcome('school', s))]
      return (picturesOf(reportOf('time-to-referral', { outcomes }, { a: 'First', b: 'Second' })).outcomes as BarPicture[])[0]!.points.map((p) => p.label)
    }
    expect(labels('a', 'b')).toEqual(['First', 'Second'])
    expect(labels('a')).toEqual(['All'])
  })
})

describe('responses', () => {
  it('are shares of the children in cases, of nobody none', () => {
    const roles = [
      { role: 'alleged-victim', children_in_cases: 4, risk_assessed: 1 },
      { role: 'witness', children_in_cases: 0, risk_assessed: 0 },
    ]
    const [care] = picturesOf(reportOf('responses', { 'by-role': roles }))['by-role'] as BarPicture[]
    expect(care!.series).toEqual(['Child harmed', 'Witness'])
    expect(care!.points[0]).toEqual({ label: 'Risk assessed', values: [0.25, null] })
  })
})

describe('reporting itself', () => {
  it('never sets schools side by side that cannot be compared', () => {
    const school = (id: string, group: string) => ({ school: id, phase: 'primary', compared_with: group, cases_per_1000: 3 })
    const schools = [school('a', 'primary: bullying'), school('b', 'not comparable'), school('c', 'primary: bullying'), school('d', 'secondary: bullying'), school('e', 'not comparable')]
    const drawn = picturesOf(reportOf('reporting', { schools }, { a: 'A', c: 'C' })).schools as BarPicture[]
    expect(drawn.map((p) => p.points.map((q) => q.label))).toEqual([['A', 'C']])
  })
})

describe('the funnel', () => {
  const point = (school: string, phase: string, expected: number, ratio: number) => ({
    school, phase, expected, ratio, lower_95: 0.5, upper_95: 1.5, lower_998: 0.2, upper_998: 2,
  })

  it('is one for each phase with schools to compare, the smallest first, the furthest said', () => {
    const funnel = [point('a', 'primary', 20, 1.1), point('b', 'primary', 10, 0.25), point('d', 'primary', 30, 1.2), point('c', 'special', 5, 1), point('e', 'special', 5, 1)]
    const drawn = picturesOfAppraisal({ ...reportOf('reporting', { funnel }, { a: 'A', b: 'B', d: 'D' }), findings: [] }) as FunnelPicture[]
    expect(drawn.map((f) => f.points.map((p) => [p.label, p.x, p.y]))).toEqual([[['B', 10, 0.25], ['A', 20, 1.1], ['D', 30, 1.2]]])
    expect(drawn[0]!.inWords).toBe('The school furthest from its peers has 0.25 times the cases expected.')
  })
})

describe('the control chart', () => {
  const point = (period: string, rate: number, signal: string | null = null) => ({ period, rate, signal, mean: 10, lower: -2, upper: 22 })

  it('has its limits, none below zero, and says how many points are signals', () => {
    const rows = [point('May 2026', 9), point('June 2026', 30, 'outside-limits up')]
    const [chart] = picturesOfAppraisal({ ...reportOf('trend', { 'control-chart': rows }), findings: [] }) as ControlPicture[]
    expect([chart!.lower, chart!.upper, chart!.inWords]).toEqual([0, 22, '1 of 2 points are signals.'])
    expect(chart!.points.map((p) => p.signal)).toEqual([false, true])
  })
})

describe('the trend', () => {
  it('has every month from the first to the last, over the turn of a year', () => {
    const months = everyMonth([{ month: '2025-11', cases: 1 }, { month: '2026-02', cases: 2 }])
    expect(months.map((m) => [m.month, m.cases])).toEqual([['2025-11', 1], ['2025-12', 0], ['2026-01', 0], ['2026-02', 2]])
    expect(everyMonth([])).toEqual([])
  })

  it('does not run on where a month cannot be reached', () => {
    expect(everyMonth([{ month: '2025-11', cases: 1 }, { month: '2025-10', cases: 2 }]).length).toBeLessThanOrEqual(240)
  })
})
