import { picturesOf } from '../../../../web/src/pictures'
import { picturesOfAppraisal } from '../../../../web/src/pictures/appraisals'
import { inOrderOfRoles } from '../../../../web/src/pictures/rows'
import type { AnnualInput, AnnualPart, AnnualSection } from '../model'
import { findings, heading, pictures, rowsOf, table, text, withRows } from '../parts'

const OUTCOMES = ['due', 'before', 'referred', 'decided_against', 'open', 'median_hours', 'share_24_hours', 'share_one_school_day']

/** As they come in a case. */
const STEPS = ['taken-up', 'protected', 'risk-assessed', 'family-told', 'answered', 'reviewed']

/** What was done: how long referrals took, which routes were taken, and whether children in both roles got theirs. */
export function responses(input: AnnualInput): AnnualSection {
  return { id: 'responses', heading: 'Responses', parts: [...referral(input), ...steps(input), ...care(input), ...routes(input)] }
}

function referral({ names, reports, appraisals, schools }: AnnualInput): AnnualPart[] {
  const several = schools.length > 1
  const report = reports['time-to-referral']
  const appraisal = appraisals['time-to-referral']
  return [
    heading('Time to referral'),
    ...findings(appraisal.findings),
    ...pictures(picturesOf({ ...report, names }).outcomes?.slice(0, 1)),
    ...table(report, 'outcomes', names, { columns: several ? ['value', ...OUTCOMES] : OUTCOMES, where: (row) => row.dimension === 'all' || (several && row.dimension === 'school'), labels: { value: 'Where' } }),
    ...pictures(picturesOfAppraisal({ ...appraisal, names })),
    ...table(appraisal, 'by-school', names, {
      columns: [...(several ? ['of'] : []), 'cases', 'open', 'within_24_hours', 'lower', 'upper', 'within_a_week', 'median'],
      title: several ? 'Share referred, with its 95 % interval, by school' : 'Share referred, with its 95 % interval',
      labels: { lower: '95 % interval, from', upper: '95 % interval, to' },
    }),
  ]
}

function steps({ names, reports }: AnnualInput): AnnualPart[] {
  const all = reports['time-to-referral']
  const report = withRows(all, 'steps', [...rowsOf(all, 'steps')].sort((a, b) => STEPS.indexOf(String(a.step)) - STEPS.indexOf(String(b.step))))
  return [heading('Time to the other steps'), ...pictures(picturesOf({ ...report, names }).steps), ...table(report, 'steps', names)]
}

function care({ names, reports, appraisals }: AnnualInput): AnnualPart[] {
  const report = withRows(reports.responses, 'by-role', inOrderOfRoles(rowsOf(reports.responses, 'by-role')))
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
  return [
    heading('Tiers, routes and referrals'),
    text(TIERS),
    ...decided('tier'),
    ...decided('route'),
    ...pictures(picturesOf({ ...report, names }).referrals),
    ...table(report, 'referrals', names),
  ]

  function decided(dimension: 'tier' | 'route'): AnnualPart[] {
    const rows = rowsOf(report, 'decisions').filter((row) => row.dimension === dimension)
    const those = withRows(report, 'decisions', rows.map((row) => ({ ...row, value: dimension === 'tier' && row.value !== null ? `Tier ${row.value}` : row.value! })))
    return [...pictures(picturesOf({ ...those, names }).decisions), ...table(those, 'decisions', names, { columns: ['value', 'cases'], title: `Cases by ${dimension}`, labels: { value: dimension === 'tier' ? 'Tier' : 'Route' } })]
  }
}

const TIERS =
  'Tier 1 is managed in school with a plan, tier 2 is early help, tier 3 an assessment by children’s social care, tier 4 an investigation by social care or the police. Routes combine: a case can count in more than one.'
