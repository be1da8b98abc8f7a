import { benjaminiHochberg, fisherExact, wilson, type Fisher } from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition } from '../definition'
import { chanceInWords, counted, FALSE_SHARE, figure, nameOf, percent } from '../words'

/** Cases whose review has been made or should have been by now: those not yet due say nothing. */
interface School {
  readonly school: string
  readonly overdue: number
  readonly of: number
}
interface Compared extends School {
  readonly others: School
  readonly test: Fisher
  readonly q: number
}

/** Below this many cases in a school, or in all the others, a difference says nothing. */
const LEAST_CASES = 10

const HOW = `Cases with a first decision whose review has been made or is overdue, by school: overdue or not, each school against all others, Fisher's exact test, Benjamini–Hochberg over the schools with at least ${LEAST_CASES} such cases, named below ${FALSE_SHARE}; shares with Wilson's interval (95 %). A review made late counts as made.`

/** Are circumstances reviewed when they are due, and is any school behind the others? */
export const reviews: AppraisalDefinition = {
  questions: {},
  appraise({ report }) {
    const rowsOf = (table: string) => report.tables.find((t) => t.name === table)!.rows as readonly Row[]
    const schools = rowsOf('state').map((row): School => ({ school: String(row.school), overdue: Number(row.overdue), of: Number(row.cases_reviewed) + Number(row.overdue) }))
    const due = schools.filter(({ of }) => of > 0)
    const compared = compare(due)
    return { findings: [waiting(due, rowsOf('awaiting')), ...apart(compared)], tables: due.length === 0 ? [] : [table(due, compared)] }
  },
}

const sumOf = (schools: readonly School[]): School => ({ school: '', overdue: schools.reduce((n, s) => n + s.overdue, 0), of: schools.reduce((n, s) => n + s.of, 0) })

function compare(schools: readonly School[]): Compared[] {
  const tested = schools
    .map((school) => ({ ...school, others: sumOf(schools.filter((other) => other !== school)) }))
    .filter(({ of, others }) => of >= LEAST_CASES && others.of >= LEAST_CASES)
    .map((s) => ({ ...s, test: fisherExact([[s.overdue, s.of - s.overdue], [s.others.overdue, s.others.of - s.others.overdue]]) }))
  const q = benjaminiHochberg(tested.map(({ test }) => test.p))
  return tested.map((s, i) => ({ ...s, q: q[i]! }))
}

/** How many wait, and how long the longest has. */
function waiting(due: readonly School[], awaiting: readonly Row[]): Finding {
  const { overdue, of } = sumOf(due)
  const longest = Math.max(0, ...awaiting.map((row) => Number(row.school_days_overdue)))
  if (of === 0)
    return { code: 'none-due', kind: 'unsure', text: 'No review of circumstances has been due yet.', caution: 'A case without a recorded decision has no review due: look whether decisions are recorded.', how: HOW }
  if (overdue === 0)
    return { code: 'none-overdue', kind: 'ordinary', text: `No review of circumstances is overdue, of ${counted(of, 'case')} in which one was due.`, caution: 'That a review was made says nothing of what came of it: look at lessons and actions.', how: HOW }
  return {
    code: 'reviews-overdue',
    kind: 'note',
    text: `In ${counted(overdue, 'case')} of ${of.toLocaleString('en-GB')} in which one was due the circumstances have not been reviewed (${percent(overdue / of)}); the longest has been overdue for ${counted(longest, 'school day')}.`,
    caution: 'A review can have been made and not recorded. The report on reviews of circumstances lists the cases, the longest overdue first.',
    how: HOW,
  }
}

function apart(compared: readonly Compared[]): Finding[] {
  const shareOf = ({ overdue, of }: School) => `${percent(overdue / of)} of ${of.toLocaleString('en-GB')}`
  return compared
    .filter(({ q, overdue, of, others }) => q <= FALSE_SHARE && overdue / of > others.overdue / others.of)
    .map((s) => ({
      code: 'school-overdue',
      kind: 'stands-out' as const,
      text: `At ${nameOf(s.school)} more reviews of circumstances are overdue (${shareOf(s)}) than at the other schools together (${shareOf(s.others)}). ${chanceInWords(s.q)}`,
      caution: 'Ask what keeps them from being made, and whether they are made and not recorded. Schools with stricter policies are overdue sooner.',
      how: HOW,
    }))
}

function table(due: readonly School[], compared: readonly Compared[]): Table {
  return {
    name: 'overdue-shares',
    title: 'Reviews overdue, of those made or due',
    columns: [
      { key: 'school', label: 'School', ref: 'school' },
      { key: 'overdue', label: 'Overdue', unit: 'cases' },
      { key: 'due', label: 'Reviewed or overdue', unit: 'cases' },
      { key: 'share', label: 'Share overdue', unit: 'share' },
      { key: 'lower', label: 'from', unit: 'share' },
      { key: 'upper', label: 'to', unit: 'share' },
      { key: 'q', label: 'q-value', unit: 'q' },
    ],
    rows: due.map(({ school, overdue, of }) => {
      const { lower, upper } = wilson(overdue, of)
      return { school, overdue, due: of, share: figure(overdue / of), lower: figure(lower), upper: figure(upper), q: figure(compared.find((c) => c.school === school)?.q) }
    }),
  }
}
