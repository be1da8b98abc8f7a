import { picturesOf } from '../../../../web/src/pictures'
import { picturesOfAppraisal } from '../../../../web/src/pictures/appraisals'
import type { AnnualInput, AnnualPart, AnnualSection } from '../model'
import { findings, heading, pictures, table, text } from '../parts'

const OUTCOMES = ['value', 'due', 'before', 'referred', 'decided_against', 'open', 'median_hours', 'share_24_hours', 'share_one_school_day']

/** What was done: how long referrals took, which routes were taken, and whether children in both roles got theirs. */
export function responses(input: AnnualInput): AnnualSection {
  return { id: 'responses', heading: 'Responses', parts: [...referral(input), ...steps(input), ...care(input), ...routes(input)] }
}

function referral({ names, reports, appraisals }: AnnualInput): AnnualPart[] {
  const report = reports['time-to-referral']
  const appraisal = appraisals['time-to-referral']
  return [
    heading('Time to referral'),
    ...findings(appraisal.findings),
    ...pictures(picturesOf({ ...report, names }).outcomes?.slice(0, 1)),
    ...table(report, 'outcomes', names, { columns: OUTCOMES, where: (row) => row.dimension === 'all' || row.dimension === 'school', labels: { value: 'Where' } }),
    ...pictures(picturesOfAppraisal({ ...appraisal, names })),
    ...table(appraisal, 'by-school', names, { columns: ['of', 'cases', 'open', 'within_24_hours', 'lower', 'upper', 'within_a_week', 'median'], title: 'Share referred, with its 95 % interval, by school' }),
  ]
}

function steps({ names, reports }: AnnualInput): AnnualPart[] {
  const report = reports['time-to-referral']
  return [heading('Time to the other steps'), ...pictures(picturesOf({ ...report, names }).steps), ...table(report, 'steps', names)]
}

function care({ names, reports, appraisals }: AnnualInput): AnnualPart[] {
  const report = reports.responses
  return [
    heading('For whom what was done'),
    ...findings(appraisals.responses.findings),
    ...pictures(picturesOf({ ...report, names })['by-role']),
    ...table(report, 'by-role', names),
    ...table(report, 'overdue', names, { title: 'Reviews of risk assessments and plans' }),
  ]
}

function routes({ names, reports }: AnnualInput): AnnualPart[] {
  const report = reports.responses
  const drawn = picturesOf({ ...report, names })
  return [
    heading('Tiers, routes and referrals'),
    text('Routes combine: a case can count in more than one.'),
    ...pictures(drawn.decisions),
    ...table(report, 'decisions', names),
    ...pictures(drawn.referrals),
    ...table(report, 'referrals', names),
  ]
}
