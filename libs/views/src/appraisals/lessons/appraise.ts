import { beforeAfter, benjaminiHochberg, type BeforeAfter, type Expectation } from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition } from '../definition'
import { counted, FALSE_SHARE, figure, interval, nameOf, times } from '../words'
import exposureSql from './exposure.sql?raw'

/** An action that was completed, with what was reported before and after. */
interface Compared {
  readonly row: Row
  readonly result: BeforeAfter
}

/** Of both together: fewer incidents tell more from fewer only where the change is tenfold. */
const LEAST_INCIDENTS = 5

/** What was reported before and after an action, set against what its owner foretold. Never that the action did it. */
export const lessons: AppraisalDefinition = {
  questions: { exposure: { sql: exposureSql } },
  appraise({ report, rows }) {
    const actions = (report.tables.find((t) => t.name === 'actions')!.rows as readonly Row[]).filter((r) => r.state === 'done')
    const days = new Map(rows.exposure!.map((r) => [String(r.action), r]))
    const compared = actions.flatMap((row): Compared[] => {
      const own = days.get(String(row.action))
      return own ? [{ row, result: compare(row, own) }] : []
    })
    return { findings: findingsOf(compared), tables: compared.length === 0 ? [] : [table(compared)] }
  },
}

/** An incident outside school days is left out where there was no school day at all: there is no rate to compare. */
function compare(row: Row, days: Row): BeforeAfter {
  const stretch = (incidents: unknown, schoolDays: unknown) => ({ incidents: Number(schoolDays) === 0 ? 0 : Number(incidents), schoolDays: Number(schoolDays) })
  const expected: Expectation = row.expected === 'more-reports' ? 'more-reports' : 'fewer-reports'
  return beforeAfter(stretch(row.incidents_before, days.days_before), stretch(row.incidents_after, days.days_after), expected)
}

const HOW = 'Incidents where the action applies, per school day: in the 365 days before it was agreed, without those that prompted it, and since it was completed; ratio of the rates with its conditional exact interval (95 %); over all actions Benjamini–Hochberg, those below 0.05 named.'
const CAUTION = 'It does not show that the action did it: other things changed as well, and what is reported depends on who tells. Look at what children say now.'

const EXPECTED = { 'more-reports': 'more reports', 'fewer-reports': 'fewer reports' } as const

function findingsOf(compared: readonly Compared[]): Finding[] {
  const seen = compared.filter(({ row, result }) => result.interval !== null && Number(row.incidents_before) + Number(row.incidents_after) >= LEAST_INCIDENTS)
  const q = benjaminiHochberg(seen.map(({ result }) => result.p!))
  const clear = seen.filter(({ result }, i) => result.finding !== 'either-possible' && q[i]! <= FALSE_SHARE)
  const findings = clear.map(({ row, result }): Finding => ({
    code: result.finding,
    kind: 'note',
    text: `Since “${nameOf(row.action)}” was done at ${nameOf(row.school)}, ${times(result.ratio!)} as much has been reported for each school day as before (from ${interval(result.interval!)} times); ${EXPECTED[result.expected]} had been expected.`,
    caution: CAUTION,
    how: HOW,
  }))
  if (compared.length === 0) return []
  const rest = compared.length - clear.length
  if (rest === 0) return findings
  return [
    ...findings,
    {
      code: 'either-possible',
      kind: 'unsure',
      text: `For ${counted(rest, clear.length === 0 ? 'action' : 'other action')} done, what was reported before and after differs by no more than chance explains, or too little was reported to tell.`,
      caution: 'That does not mean that nothing changed.',
      how: HOW,
    },
  ]
}

function table(compared: readonly Compared[]): Table {
  return {
    name: 'before-after',
    title: 'Reported for each 100 school days, before and after',
    columns: [
      { key: 'school', label: 'School', ref: 'school' },
      { key: 'action', label: 'Action', ref: 'action' },
      { key: 'review', label: 'Review', ref: 'review' },
      { key: 'expected', label: 'Expected beforehand' },
      { key: 'before', label: 'Before', unit: 'per 100 school days' },
      { key: 'after', label: 'After', unit: 'per 100 school days' },
      { key: 'ratio', label: 'After against before', unit: 'ratio' },
      { key: 'lower', label: 'from', unit: 'ratio' },
      { key: 'upper', label: 'to', unit: 'ratio' },
      { key: 'finding', label: 'What the figures allow' },
    ],
    rows: compared.map(({ row, result }) => ({
      school: String(row.school), action: String(row.action), review: String(row.review), expected: result.expected, before: per100(result.before?.rate), after: per100(result.after?.rate),
      ratio: figure(result.ratio, 2), lower: figure(result.interval?.lower, 2), upper: figure(result.interval?.upper, 2), finding: result.finding,
    })),
  }
}

const per100 = (rate: number | undefined): number | null => figure(rate === undefined ? null : rate * 100, 2)
