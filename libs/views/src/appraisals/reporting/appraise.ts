import { funnelLimits, rateRatio } from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition } from '../definition'
import { counted, figure, nameOf, times } from '../words'

/** A school against what schools of the same phase and declared scope report together, for its roll. */
interface Point {
  readonly school: string
  readonly group: string
  readonly phase: string
  readonly cases: number
  readonly roll: number
  readonly expected: number
  /** Of the difference from its peers, their own uncertainty counted in. */
  readonly p: number
  readonly peers: number
  readonly inner: { lower: number; upper: number }
  readonly outer: { lower: number; upper: number }
}

/** Two schools in five hundred lie outside the outer limits by chance; one in twenty outside the inner. */
const INNER = 0.95
const OUTER = 0.998
/** As the outer limits: two in a thousand. */
const NAMED_BELOW = 0.002
/** Below so many cases expected the limits say nothing. */
const LEAST_EXPECTED = 5

/** Reporting itself: which schools report far less, or far more, than their peers. */
export const reporting: AppraisalDefinition = {
  questions: {},
  appraise({ report }) {
    const rows = report.tables.find((t) => t.name === 'schools')!.rows as readonly Row[]
    const comparable = rows.filter((r) => r.compared_with !== 'not comparable' && Number(r.roll) > 0)
    const points = [...new Set(comparable.map((r) => String(r.compared_with)))].flatMap((group) => pointsOf(comparable.filter((r) => r.compared_with === group)))
    return { findings: findingsOf(points, rows.length), tables: points.length === 0 ? [] : [funnel(points)] }
  },
}

function pointsOf(group: readonly Row[]): Point[] {
  if (group.length < 2) return []
  const [cases, roll] = [sum(group, 'cases'), sum(group, 'roll')]
  return group.flatMap((r) => {
    // Against the others, so that a school is not measured by itself.
    const own = { cases: Number(r.cases), exposure: Number(r.roll) }
    const others = { cases: cases - own.cases, exposure: roll - own.exposure }
    const expected = (others.cases / others.exposure) * own.exposure
    if (!(expected > 0)) return []
    const { p } = rateRatio(own, others).exact
    const limits = (level: number) => funnelLimits(expected, level)
    return [{ school: String(r.school), group: String(r.compared_with), phase: String(r.phase), cases: own.cases, roll: own.exposure, expected, p, peers: group.length - 1, inner: limits(INNER), outer: limits(OUTER) }]
  })
}

const sum = (rows: readonly Row[], key: string): number => rows.reduce((all, r) => all + Number(r[key]), 0)

const HOW = `Funnel: cases told against the rate of the other schools of the same phase and declared scope, for the school's roll; Poisson limits interpolated (Spiegelhalter), 95 % and 99.8 %. A school is named where the conditional exact test against its peers, their own chance counted in, gives p below ${NAMED_BELOW}, and at least ${LEAST_EXPECTED} cases were expected; one that reports more only where there are several peers.`

function findingsOf(points: readonly Point[], schools: number): Finding[] {
  if (points.length === 0) {
    const text = schools < 2 ? 'One school alone cannot be compared.' : 'No two of these schools have the same phase and declared scope: their reporting cannot be compared.'
    return [{ code: 'not-comparable', kind: 'unsure', text, caution: 'Declare what each school records, and since when.', how: '' }]
  }
  const large = points.filter((p) => p.expected >= LEAST_EXPECTED)
  const found = large.flatMap((p): Finding[] => {
    const ratio = p.cases / p.expected
    const peers = `${counted(p.peers, 'other school')} of the same phase (${p.phase}) and declared scope`
    const reported = `${counted(p.cases, 'case')} reported where ${Math.round(p.expected)} would be expected from its roll, at the rate of ${peers}`
    if (p.p >= NAMED_BELOW) return []
    if (ratio < 1)
      return [{ code: 'low-reporting', kind: 'stands-out', text: `${nameOf(p.school)} reports far less than its peers: ${reported}.`, caution: 'Few reports do not mean that little happens. Ask what stops children from telling there, who they would tell, and whether everything told is recorded.', how: HOW }]
    // Of two schools, one that reports more is the other that reports less, said twice.
    if (p.peers > 1)
      return [{ code: 'high-reporting', kind: 'stands-out', text: `${nameOf(p.school)} reports ${times(ratio)} what its peers do: ${reported}.`, caution: 'More reports can mean that children are heard. Look at what is reported before asking why there is more.', how: HOW }]
    return []
  })
  if (found.length > 0) return found
  if (large.length === 0)
    return [{ code: 'few-cases', kind: 'unsure', text: 'Too few cases to tell a school that reports less from chance.', caution: 'Choose a longer period.', how: HOW }]
  return [{ code: 'ordinary-reporting', kind: 'ordinary', text: `No school's reporting lies further from its peers' than chance explains (${counted(large.length, 'school')} compared).`, caution: 'All of them may report too little.', how: HOW }]
}

function funnel(points: readonly Point[]): Table {
  return {
    name: 'funnel',
    title: 'Reports against what peers report for the same roll',
    columns: [
      { key: 'school', label: 'School', ref: 'school' },
      { key: 'phase', label: 'Phase' },
      { key: 'cases', label: 'Cases told', unit: 'cases' },
      { key: 'expected', label: 'Expected', unit: 'cases' },
      { key: 'ratio', label: 'Ratio', unit: 'ratio' },
      { key: 'lower_95', label: '95 % from', unit: 'ratio' },
      { key: 'upper_95', label: 'to', unit: 'ratio' },
      { key: 'lower_998', label: '99.8 % from', unit: 'ratio' },
      { key: 'upper_998', label: 'to', unit: 'ratio' },
    ],
    rows: points.map((p) => ({
      school: p.school, phase: p.phase, cases: p.cases, expected: figure(p.expected, 2), ratio: figure(p.cases / p.expected), lower_95: figure(p.inner.lower),
      upper_95: figure(p.inner.upper), lower_998: figure(p.outer.lower), upper_998: figure(p.outer.upper),
    })),
  }
}
