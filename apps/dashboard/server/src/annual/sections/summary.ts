import { ANNUAL_REPORTS, type AnnualInput, type AnnualPart, type AnnualSection } from '../model'
import { text } from '../parts'
import { schoolYearName } from '../years'
import { besideYearsBefore } from './compared'

/** What a board has to know first: the counts of the year, and all that stands out. */
export function summary(input: AnnualInput): AnnualSection {
  return { id: 'summary', heading: 'In short', parts: [text(countsInWords(input)), ...standingOut(input), text(READ_SO)] }
}

const READ_SO =
  'This report is of what was reported and recorded, which is not all that happens. What each finding does not show, and what to look at next, stands with it in its section.'

function countsInWords(input: AnnualInput): string {
  const { rows, columns } = besideYearsBefore(input)
  const figures = (label: string) => rows.find(([first]) => first!.value === label)!.slice(1).map(({ value }) => Number(value ?? 0))
  const last = (label: string) => figures(label).at(-1)!
  const before = (label: string) => (columns.length < 3 ? '' : ` (the year before: ${figures(label).at(-2)!.toLocaleString('en-GB')})`)
  const cases = last('Cases told')
  if (cases === 0) return `In the school year ${schoolYearName(input.year)} no case was told. That does not mean that nothing happened.`
  return [
    `In the school year ${schoolYearName(input.year)}, ${counted(cases, 'case was', 'cases were')} told${before('Cases told')}, with ${counted(last('Incidents in them'), 'incident')} that were not found unfounded or false.`,
    `A referral to social care or the police was due in ${counted(last('Cases where a referral was due'), 'case')}${before('Cases where a referral was due')}.`,
    `The circumstances of ${counted(last('Cases with circumstances reviewed'), 'case')} have been reviewed; in ${counted(last('Cases with the review overdue'), 'case')} the review is overdue.`,
    `${counted(last('Lessons recorded'), 'lesson was', 'lessons were')} recorded, and ${counted(last('Actions agreed'), 'action was', 'actions were')} agreed, of which ${last('Actions done')} ${last('Actions done') === 1 ? 'is' : 'are'} done.`,
  ].join(' ')
}

const counted = (n: number, one: string, several = `${one}s`): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : several}`

/** Once each, in the order of the sections; their cautions stand there. */
function standingOut({ appraisals, overYears }: AnnualInput): AnnualPart[] {
  const all = [...overYears.findings, ...ANNUAL_REPORTS.filter((name) => name !== 'trend').flatMap((name) => appraisals[name].findings)]
  const found = all.filter(({ kind }) => kind === 'stands-out')
  if (found.length === 0) return [text('Nothing stands out beyond what chance explains. That does not mean that nothing is amiss: few reports show only strong differences.')]
  return [{ kind: 'findings', findings: found.map(({ kind, text: words }) => ({ kind, text: words, caution: '' })) }]
}
