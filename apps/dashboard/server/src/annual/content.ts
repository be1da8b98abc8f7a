import { dayInWords } from '../../../web/src/shared/labels'
import type { AnnualDocument, AnnualInput, AnnualSection } from './model'
import { computed, definitions } from './sections/about'
import { lessons } from './sections/lessons'
import { patterns } from './sections/patterns'
import { places } from './sections/places'
import { reporting } from './sections/reporting'
import { responses } from './sections/responses'
import { summary } from './sections/summary'
import { trends } from './sections/trends'
import { daysOf, instantInWords, isOver, schoolYearName } from './years'

/** The annual report as one document. Pure: the same results, the same document. */
export function annualDocument(input: AnnualInput): AnnualDocument {
  const { whose, year, asOf, position, schools } = input
  const { from, to } = daysOf(year)
  const told: AnnualSection[] = [trends(input), patterns(input), places(input), responses(input), lessons(input), reporting(input)]
  return {
    title: `Annual report on child-on-child abuse: ${whose}, ${schoolYearName(year)}`,
    whose,
    year,
    schoolYear: schoolYearName(year),
    subtitle: `School year ${schoolYearName(year)}, ${dayInWords(from)} to ${dayInWords(to)}${isOver(year, asOf) ? '' : ' (not over yet)'}, as known on ${instantInWords(asOf)}`,
    asOf,
    position,
    schools,
    sections: [summary(input), ...told, definitions(input), computed(input)],
  }
}
