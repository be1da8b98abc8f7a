import { concentration, kaplanMeier, meanCountAt, meanCumulative, survivalAt, type SurvivalCurve } from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition, AppraisalInput } from '../definition'
import rollsSql from '../patterns/rolls.sql?raw'
import { counted, figure, percent } from '../words'
import childrenSql from './children.sql?raw'

/** A child in a role: the days of its incidents since the first, and how long it was followed. */
export interface Followed {
  readonly role: string
  readonly days: readonly number[]
  readonly followed: number
}

const ROLES = { 'alleged-perpetrator': 'alleged to have caused harm', 'alleged-victim': 'harmed' } as const
type Role = keyof typeof ROLES
const DAYS = [30, 90, 365] as const
/** Fewer children say nothing about a share. */
const LEAST_CHILDREN = 10

/** Repeats: the share with a later incident by a time, those followed shorter counted for as long as they were. */
export const repeats: AppraisalDefinition = {
  questions: { children: { sql: childrenSql }, rolls: { sql: rollsSql } },
  appraise({ report, rows }) {
    const children = rows.children!.map(followedOf)
    const curves = (Object.keys(ROLES) as Role[]).map((role) => ({ role, children: children.filter((c) => c.role === role) })).map((of) => ({ ...of, curve: curveOf(of.children) }))
    const shown = curves.filter((c) => c.children.length > 0)
    const inFew = concentrated(children.filter((c) => c.role === 'alleged-perpetrator'), rollOf(rows.rolls!))
    return {
      findings: [...pairs(report), ...shown.map(shareFinding), ...inFew.findings],
      tables: shown.length === 0 ? [] : [sharesTable(shown), ...inFew.tables],
    }
  },
}

const followedOf = (r: Row): Followed => ({ role: String(r.role), days: (r.days as unknown[]).map(Number), followed: Math.max(0, Number(r.followed)) })

/** From the first incident to the next. A second one on the same day is a time of zero. */
const curveOf = (children: readonly Followed[]): SurvivalCurve =>
  kaplanMeier(children.map(({ days, followed }) => (days.length > 1 ? { time: days[1]!, event: true } : { time: followed, event: false })))

interface Curve {
  readonly role: Role
  readonly children: readonly Followed[]
  readonly curve: SurvivalCurve
}

const within = (curve: SurvivalCurve, days: number) => {
  const at = survivalAt(curve, days)
  return at && { share: 1 - at.survival, interval: at.interval && { lower: 1 - at.interval.upper, upper: 1 - at.interval.lower } }
}

const HOW = 'Kaplan–Meier from the first incident of the period to the next of the same child in the same role, in days; children are followed to the day asked about or until they left; 95 % log-log intervals. Later incidents per child: mean cumulative function with the robust error of Lawless and Nadeau.'

function shareFinding({ role, children, curve }: Curve): Finding {
  const who = `children ${ROLES[role]}`
  if (children.length < LEAST_CHILDREN)
    return { code: 'few-children', kind: 'unsure', text: `${counted(children.length, 'child', 'children')} ${ROLES[role]}: too few to say how many come again.`, caution: 'Look at each child instead.', how: HOW }
  const said = DAYS.flatMap((days) => {
    const at = within(curve, days)
    return at ? [`${percent(at.share)}${at.interval ? ` (between ${percent(at.interval.lower)} and ${percent(at.interval.upper)})` : ''} within ${days} days`] : []
  })
  const text = said.length === 0 ? `No child ${ROLES[role]} has been followed for 30 days yet.` : `Of ${children.length} ${who}, a later incident in the same role is recorded for ${said.join(', ')}.`
  return { code: `share-${role}`, kind: 'note', text, caution: 'A child who is watched more closely is recorded more often. Nothing is said of what was not reported.', how: HOW }
}

/** Pupils on roll in the last school year counted, all schools together; null where none is counted. */
function rollOf(rolls: readonly Row[]): number | null {
  const schools = [...new Set(rolls.map((r) => String(r.school)))]
  const pupils = schools.map((school) => {
    const own = rolls.filter((r) => r.school === school && r.dimension === 'sex')
    const last = own.map((r) => String(r.school_year)).sort().at(-1)
    return own.filter((r) => r.school_year === last).reduce((sum, r) => sum + Number(r.pupil_terms) / Number(r.terms), 0)
  })
  return pupils.length === 0 ? null : pupils.reduce((a, b) => a + b, 0)
}

const TOP = 0.05
const HOW_FEW = 'Lorenz curve over incidents per child alleged to have caused harm, from the first of the period on: Gini and the share of the top 5 %, interpolated, among the involved and over the pupils on roll in the last school year counted.'

const INVOLVED = 'the involved'
const ON_ROLL = 'the pupils on roll'
type Lorenz = NonNullable<ReturnType<typeof concentration>['involved']>['lorenz']

/** Where the curve bends: between these points it is straight. */
function bends(curve: Lorenz): Lorenz {
  const slope = (i: number) => (curve[i]!.events - curve[i - 1]!.events) / (curve[i]!.subjects - curve[i - 1]!.subjects)
  return curve.filter((_, i) => i === 0 || i === curve.length - 1 || Math.abs(slope(i + 1) - slope(i)) > 1e-9)
}

function lorenzTable(curves: readonly (readonly [string, Lorenz])[]): Table {
  return {
    name: 'lorenz',
    title: 'Lorenz curve: of the children with fewest incidents so many have together so many of the incidents',
    columns: [{ key: 'of', label: 'Among' }, { key: 'subjects', label: 'Share of the children', unit: 'share' }, { key: 'events', label: 'Share of the incidents', unit: 'share' }],
    rows: curves.flatMap(([of, curve]) => bends(curve).map(({ subjects, events }) => ({ of, subjects: figure(subjects, 4), events: figure(events, 4) }))),
  }
}

/** How far incidents gather in few children. Among the involved it is beside that over the roll: the one misleads without the other. */
function concentrated(children: readonly Followed[], roll: number | null): { findings: Finding[]; tables: Table[] } {
  if (children.length < LEAST_CHILDREN) return { findings: [], tables: [] }
  const counts = children.map((c) => c.days.length)
  const { involved, overRoll } = concentration(counts, roll !== null && roll >= counts.length ? roll : null, TOP)
  const overAll = overRoll === null ? '' : `; over all ${Math.round(roll!).toLocaleString('en-GB')} pupils on roll the top 5 % account for ${percent(overRoll.topShare!)}`
  const row = (of: string, c: NonNullable<typeof involved>) => ({ of, subjects: figure(c.subjects, 0), gini: figure(c.gini, 4), top_share: figure(c.topShare, 4) })
  return {
    findings: [{
      code: 'concentration',
      kind: 'note',
      text: `Of all incidents, ${percent(involved!.topShare!)} are of the one child in twenty with most, among the ${children.length} children alleged to have caused harm${overAll}.`,
      caution: 'Chance alone gives some children more than others: do not read it as a few bad children. Plans are for each child.',
      how: HOW_FEW,
    }],
    tables: [{
      name: 'concentration',
      title: 'How far incidents gather in few children',
      columns: [{ key: 'of', label: 'Among' }, { key: 'subjects', label: 'Children', unit: 'children' }, { key: 'gini', label: 'Gini', unit: 'gini' }, { key: 'top_share', label: 'Share of the top 5 %', unit: 'share' }],
      rows: [row(INVOLVED, involved!), ...(overRoll === null ? [] : [row(ON_ROLL, overRoll)])],
    }, lorenzTable([[INVOLVED, involved!.lorenz], ...(overRoll === null ? [] : [[ON_ROLL, overRoll.lorenz] as const])])],
  }
}

/** Pairs that came again after their case was recorded as dealt with: each is one to look at. */
function pairs(report: AppraisalInput['report']): Finding[] {
  const [row] = report.tables.find((t) => t.name === 'pairs')!.rows
  const [persisted, again, reversed] = [Number(row?.persisted ?? 0), Number(row?.again ?? 0), Number(row?.retaliated ?? 0)]
  if (again === 0) return []
  if (persisted === 0)
    return [{ code: 'again', kind: 'note', text: `${counted(again, 'pair')} of the same two children came again in the same roles, none of them after the case was recorded as dealt with.`, caution: 'Where nothing is recorded as dealt with, nothing can have persisted after it.', how: '' }]
  return [{
    code: 'persisted',
    kind: 'stands-out',
    text: `${counted(persisted, 'pair')} of children came again, the same child harmed by the same child, after the case had been recorded as dealt with${reversed > 0 ? `; in ${counted(reversed, 'pair')} the roles were reversed later` : ''}.`,
    caution: 'What was done did not end it, or it was recorded as ended too soon. Open the cases behind the figure below and review the plans of both children.',
    how: 'A pair is one child alleged to have caused harm and one child harmed, with at least one recorded act; persisted: a later incident of the same pair after case-dealt-with.',
  }]
}

function sharesTable(curves: readonly Curve[]): Table {
  return {
    name: 'shares',
    title: 'Share of children with a later incident in the same role',
    columns: [
      { key: 'role', label: 'Role' },
      { key: 'children', label: 'Children', unit: 'children' },
      { key: 'repeated', label: 'With a later incident', unit: 'children' },
      { key: 'days', label: 'Within days', unit: 'days' },
      { key: 'share', label: 'Share', unit: 'share' },
      { key: 'lower', label: 'from', unit: 'share' },
      { key: 'upper', label: 'to', unit: 'share' },
      { key: 'mean', label: 'Later incidents per child', unit: 'incidents' },
      { key: 'mean_lower', label: 'from', unit: 'incidents' },
      { key: 'mean_upper', label: 'to', unit: 'incidents' },
    ],
    rows: curves.flatMap(({ role, children, curve }) => {
      // An incident after the child had left is followed to all the same.
      const later = meanCumulative(children.map(({ days, followed }) => ({ events: days.slice(1), until: Math.max(followed, ...days) })))
      return DAYS.map((days) => {
        const [at, mean] = [within(curve, days), meanCountAt(later, days)]
        return { role, children: children.length, repeated: curve.events, days, share: figure(at?.share), lower: figure(at?.interval?.lower), upper: figure(at?.interval?.upper),
          mean: figure(mean?.mean), mean_lower: figure(mean?.interval?.lower), mean_upper: figure(mean?.interval?.upper),
        }
      })
    }),
  }
}
