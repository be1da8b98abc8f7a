import { picturesOf } from '../../../../web/src/pictures'
import { picturesOfAppraisal } from '../../../../web/src/pictures/appraisals'
import type { AnnualInput, AnnualSection } from '../model'
import { findings, heading, pictures, table, text } from '../parts'

/** How much is told at all, by whom, and how late. */
export function reporting({ names, reports, appraisals, schools }: AnnualInput): AnnualSection {
  const drawn = picturesOf({ ...reports.reporting, names })
  return {
    id: 'reporting',
    heading: 'Reporting itself',
    parts: [
      text('A rising number of disclosures is not by itself bad: it can mean that children trust the adults here to listen. No reports does not mean no abuse: unusually few reports are themselves a reason to ask.'),
      ...findings(appraisals.reporting.findings),
      ...pictures(picturesOfAppraisal({ ...appraisals.reporting, names })),
      ...table(appraisals.reporting, 'funnel', names, {
        columns: ['school', 'phase', 'cases', 'expected', 'ratio', 'lower_95', 'upper_95'],
        labels: { ratio: 'Told over expected', lower_95: 'By chance alone (95 %), from', upper_95: 'By chance alone (95 %), to' },
      }),
      heading(schools.length > 1 ? 'By school' : 'Cases told for the pupils on roll'),
      ...pictures(drawn.schools),
      ...table(reports.reporting, 'schools', names, {
        columns: ['school', 'phase', 'cases', 'roll', 'cases_per_1000'], ...(schools.length === 1 && { title: 'Cases told for the pupils on roll' }),
      }),
      heading('Who told'),
      ...pictures(drawn['who-told']),
      ...table(reports.reporting, 'who-told', names),
      heading('How late it was told'),
      ...pictures(drawn.delay),
      ...table(reports.reporting, 'delay', names),
    ],
  }
}
