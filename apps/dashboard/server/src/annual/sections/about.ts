import { dayInWords } from '../../../../web/src/shared/labels'
import { ANNUAL_REPORTS, type AnnualInput, type AnnualSection } from '../model'
import { heading } from '../parts'
import { daysOf, instantInWords } from '../years'

const WORDS = [
  { term: 'Case', text: 'One disclosure or concern, and all that follows, in one file. A case has one incident or more.' },
  { term: 'Incident', text: 'One occurrence: when, where, what kind, who allegedly acted on whom. Incidents whose every finding is unfounded or false are left out.' },
  { term: 'Child harmed, child alleged to have caused harm', text: 'The role of a child in one incident, never a label on a child. A child can hold both, in different incidents.' },
  { term: 'Involvement', text: 'One child in one role in one incident.' },
  { term: 'Referral', text: 'A request to an agency to take the case up. Asking advice is not a referral.' },
  { term: 'Review of circumstances', text: 'After any harm: what could have been done differently, and what in the school has to change.' },
]

/** A method that only goes on from another is told with it. */
function eachOnce(hows: readonly string[]): string[] {
  const all = [...new Set(hows)].filter((how) => how !== '')
  return all.filter((how) => !all.some((other) => other !== how && other.startsWith(how)))
}

/** What the figures mean, in the words that stand with each report. */
export function definitions({ reports }: AnnualInput): AnnualSection {
  const each = ANNUAL_REPORTS.map((name) => ({ term: reports[name].title, text: reports[name].definition }))
  return { id: 'definitions', heading: 'What the figures mean', parts: [{ kind: 'terms', terms: [...WORDS, ...each] }] }
}

const notCarried = (parked: AnnualInput['parked']): string =>
  parked.length === 0 ? 'Nothing: every event up to the position could be carried into the figures.' : `${parked.map(({ reason, events }) => `${events}: ${reason}`).join('; ')}. They are kept, and will count when a version that can carry them builds the views anew.`

/** From what, as of when and by which methods: enough to make the same report again. */
export function computed(input: AnnualInput): AnnualSection {
  const { year, asOf, position, schools, names, reports, appraisals, overYears, before, parked } = input
  const { from, to } = daysOf(year)
  const methods = [...ANNUAL_REPORTS.map((name) => ({ term: reports[name].title, found: name === 'trend' ? overYears : appraisals[name] }))]
  return {
    id: 'computed',
    heading: 'How this was computed',
    parts: [
      {
        kind: 'terms',
        terms: [
          { term: 'School year', text: `${dayInWords(from)} to ${dayInWords(to)}, beside ${before.length} years before` },
          { term: 'Schools', text: schools.map((id) => names[id] ?? id).join('; ') },
          { term: 'As known on', text: `${instantInWords(asOf)} (${asOf}): what was recorded later is left out, and what is open or overdue is judged then. It is also the date of this document.` },
          { term: 'Store position', text: `${position}: every event up to it is in the figures. The same school year and schools, as of the same instant at the same position, give the same document, byte for byte.` },
          { term: 'Recorded, and in no figure', text: notCarried(parked) },
          { term: 'Not in this report', text: 'Repeats, pairs of children and single cases: these are for the safeguarding lead and the headteacher.' },
        ],
      },
      heading('Methods, by what they were used for'),
      { kind: 'terms', terms: methods.map(({ term, found }) => ({ term, text: eachOnce(found.findings.map(({ how }) => how)).join(' ') })).filter((m) => m.text !== '') },
    ],
  }
}
