import { benjaminiHochberg, publishGate, rateRatio, type RateRatio } from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition } from '../definition'
import { chanceInWords, counted, FALSE_SHARE, figure, interval, nameOf, times } from '../words'
import childrenSql from './children.sql?raw'
import rollsSql from './rolls.sql?raw'

/** One group of pupils of a school in one role, against all others on its roll; child-years where there are several school years. */
interface Comparison {
  readonly school: string
  readonly role: string
  readonly dimension: string
  readonly value: string
  readonly group: Group
  readonly others: Group
  readonly withheld: string
  readonly ratio: RateRatio | undefined
  q: number | undefined
}
interface Group {
  readonly cell: number
  readonly roll: number
}

/** Children recorded, against the roll: which groups are recorded more often than all others, at which school. */
export const patterns: AppraisalDefinition = {
  questions: { children: { sql: childrenSql }, rolls: { sql: rollsSql } },
  appraise({ rows }) {
    const compared = comparisons(rows.children!, rows.rolls!)
    const tested = compared.filter((c) => c.ratio !== undefined)
    benjaminiHochberg(tested.map((c) => c.ratio!.exact.p)).forEach((q, i) => (tested[i]!.q = q))
    const found = tested.filter((c) => c.q! <= FALSE_SHARE && c.ratio!.exact.lower > 1).sort((a, b) => a.q! - b.q! || b.ratio!.exact.lower - a.ratio!.exact.lower)
    return { findings: findingsOf(found, tested.length, compared.length), tables: [ratios(compared)] }
  },
}

/** Each school by itself: schools differ in how much they record, and in whom they teach. */
function comparisons(children: readonly Row[], rolls: readonly Row[]): Comparison[] {
  return [...new Set(rolls.map((r) => String(r.school)))].flatMap((school) => {
    const ownRolls = rolls.filter((r) => r.school === school)
    // Children of a year without a roll enter no rate.
    const years = new Set(ownRolls.map((r) => r.school_year))
    return compareWithin(school, children.filter((r) => r.school === school && years.has(r.school_year)), ownRolls)
  })
}

function compareWithin(school: string, children: readonly Row[], rolls: readonly Row[]): Comparison[] {
  return ['alleged-victim', 'alleged-perpetrator'].flatMap((role) =>
    ['sen-provision', 'sex', 'year-group'].flatMap((dimension) => {
      const inRole = children.filter((r) => r.role === role && r.dimension === dimension && r.value !== 'unknown')
      const onRoll = rolls.filter((r) => r.dimension === dimension && r.value !== 'unknown')
      const values = [...new Set(onRoll.map((r) => String(r.value)))].filter((value) => value !== 'no-sen')
      const groupOf = (of: (value: string) => boolean): Group => ({
        cell: inRole.filter((r) => of(String(r.value))).reduce((sum, r) => sum + Number(r.children), 0),
        roll: Math.round(onRoll.filter((r) => of(String(r.value))).reduce((sum, r) => sum + Number(r.pupil_terms) / Number(r.terms), 0)),
      })
      return values.map((value) => compare({ school, role, dimension, value, group: groupOf((v) => v === value), others: groupOf((v) => v !== value) }))
    }),
  )
}

function compare(of: Pick<Comparison, 'school' | 'role' | 'dimension' | 'value' | 'group' | 'others'>): Comparison {
  const withheld = whyWithheld(of.group, of.others)
  const asRate = ({ cell, roll }: Group) => ({ cases: cell, exposure: roll })
  return { ...of, withheld, ratio: withheld === '' ? rateRatio(asRate(of.group), asRate(of.others)) : undefined, q: undefined }
}

/** The least that the comparison may be made with: the same roll, whatever is recorded of it. */
const OTHERS_GATE = { cell: 0, roll: 30 }

function whyWithheld(group: Group, others: Group): string {
  // Children come and go between counts of the roll, and a count can be wrong.
  if (group.cell > group.roll || others.cell > others.roll) return 'No ratio is given: more children are recorded than the roll counts.'
  const own = publishGate(group)
  if (!own.open) return own.why
  return publishGate(others, OTHERS_GATE).open ? '' : 'No ratio is given: there are hardly any others on roll.'
}

const GROUPS: Readonly<Record<string, string>> = { sen: 'pupils with SEN', F: 'girls', M: 'boys' }
const groupInWords = ({ dimension, value }: Comparison): string =>
  dimension === 'year-group' ? (value === 'R' ? 'pupils of Reception' : `pupils of year ${value}`) : (GROUPS[value] ?? value)
const roleInWords = (role: string): string => (role === 'alleged-victim' ? 'as harmed' : 'as alleged to have caused harm')

const CAUTION =
  'It shows who is recorded, not why: some children are noticed more, and some never tell. Ask what these children say, and where and when it happens to them.'

function findingsOf(found: readonly Comparison[], tested: number, compared: number): Finding[] {
  const how = `Distinct children per school year on roll, against all others on the roll of the same school; conditional exact rate ratio and interval (95 %), Benjamini–Hochberg over ${tested} comparisons, those below ${FALSE_SHARE} named. ${compared - tested} of ${compared} groups are below the least numbers (10 children in the cell, 30 on roll).`
  if (compared === 0)
    return [{ code: 'no-roll', kind: 'unsure', text: 'There is no count of the roll, so no rates and no comparison.', caution: 'Record the termly roll by sex, year group and SEN provision.', how: '' }]
  if (tested === 0)
    return [{ code: 'few-children', kind: 'unsure', text: 'Too few children are recorded to compare any group with the others.', caution: 'A ratio of a few children changes with the next record.', how }]
  if (found.length === 0)
    return [{ code: 'no-disproportion', kind: 'ordinary', text: `No group was recorded more often than the others on roll by more than chance explains, in ${counted(tested, 'comparison')}.`, caution: 'That does not mean that there is no difference: small schools show large ones only.', how }]
  return found.map((c) => ({
    code: 'disproportion',
    kind: 'stands-out',
    text: `At ${nameOf(c.school)}, ${groupInWords(c)} were recorded ${roleInWords(c.role)} ${times(c.ratio!.ratio!)} as often as all others on roll (from ${interval(c.ratio!.exact)} times). ${chanceInWords(c.q!)}`,
    caution: CAUTION,
    how,
  }))
}

function ratios(compared: readonly Comparison[]): Table {
  const per1000 = ({ cell, roll }: Group) => (roll === 0 ? null : figure((cell / roll) * 1000, 2))
  return {
    name: 'ratios',
    title: 'Rates on roll, and ratios to all others on roll',
    columns: [
      { key: 'school', label: 'School', ref: 'school' },
      { key: 'role', label: 'Role' },
      { key: 'dimension', label: 'Characteristic' },
      { key: 'value', label: 'Value' },
      { key: 'children', label: 'Children (per school year)', unit: 'children' },
      { key: 'roll', label: 'Pupils on roll (per school year)', unit: 'pupils' },
      { key: 'children_per_1000', label: 'Children per 1,000', unit: 'per 1,000 pupils' },
      { key: 'others_per_1000', label: 'All others per 1,000', unit: 'per 1,000 pupils' },
      { key: 'ratio', label: 'Ratio', unit: 'ratio' },
      { key: 'lower', label: 'from', unit: 'ratio' },
      { key: 'upper', label: 'to', unit: 'ratio' },
      { key: 'mid_p_lower', label: 'mid-p from', unit: 'ratio' },
      { key: 'mid_p_upper', label: 'mid-p to', unit: 'ratio' },
      { key: 'q', label: 'q-value', unit: 'q' },
      { key: 'withheld', label: 'Why no ratio' },
    ],
    rows: compared.map((c) => ({
      school: c.school, role: c.role, dimension: c.dimension, value: c.value, children: c.group.cell, roll: c.group.roll,
      children_per_1000: per1000(c.group), others_per_1000: per1000(c.others), ratio: figure(c.ratio?.ratio), lower: figure(c.ratio?.exact.lower),
      upper: figure(c.ratio?.exact.upper), mid_p_lower: figure(c.ratio?.midP.lower), mid_p_upper: figure(c.ratio?.midP.upper), q: figure(c.q),
      withheld: c.withheld === '' ? null : c.withheld,
    })),
  }
}
