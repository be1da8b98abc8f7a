import { picturesOf } from '../../../../web/src/pictures'
import { picturesOfAppraisal } from '../../../../web/src/pictures/appraisals'
import { bars, drawn } from '../../../../web/src/pictures/rows'
import type { AnnualInput, AnnualSection } from '../model'
import { findings, heading, pictures, table, text } from '../parts'
import { isOver, schoolYearName } from '../years'
import { besideYearsBefore, pointsOfYears } from './compared'

/** How much was told this year, month by month, and beside the years before. */
export function trends(input: AnnualInput): AnnualSection {
  const { names, reports, overYears, year, asOf } = input
  const compared = besideYearsBefore(input)
  const several = compared.columns.length > 2
  return {
    id: 'trends',
    heading: 'Trends',
    parts: [
      text('Cases count in the school year in which the school was first told. More reports can mean that more happens, or that more children tell and are heard.'),
      ...findings(overYears.findings),
      ...(isOver(year, asOf) ? [] : [text(`The school year ${schoolYearName(year)} is not over: its counts are of a part of it and cannot be set against whole years.`)]),
      ...(several ? pictures(drawn(bars({ title: 'Cases told, by school year', unit: 'cases', standing: true, series: ['Cases'], points: pointsOfYears(compared, 'Cases told') }))) : []),
      compared,
      heading('Month by month'),
      ...pictures(picturesOf({ ...reports.trend, names }).months?.slice(0, 1)),
      ...table(reports.trend, 'months', names),
      ...control(input),
    ],
  }
}

function control({ overYears, names }: AnnualInput) {
  const drawnToo = pictures(picturesOfAppraisal({ ...overYears, names }))
  return drawnToo.length === 0 ? [] : [heading('Ordinary variation and signals'), ...drawnToo, ...table(overYears, 'control-chart', names, { columns: ['period', 'cases', 'school_days', 'rate', 'signal'] })]
}
