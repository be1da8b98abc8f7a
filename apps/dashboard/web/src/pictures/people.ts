import type { NamedReport } from '../shared/named'
import { label } from '../shared/labels'
import type { MatrixPicture, Picture } from './picture'
import { bars, drawn, figure, pointsOf, ROLES, rowsOf, valuesOf, word, type Pictures, type Row } from './rows'

const SEXES = ['F', 'M', 'unknown'] as const
const NOT_IN_ROLLS = ['vulnerability', 'all']

/** Rates of the last school year for which there is a roll, by characteristic; who acted on whom; the age gap. */
export function patterns(report: NamedReport): Pictures {
  const rows = rowsOf(report, 'involvements')
  const year = valuesOf(rows.filter((r) => figure(r, 'children_per_1000') !== null), 'school_year').sort().at(-1)
  const dimensions = valuesOf(rows, 'dimension').filter((d) => !NOT_IN_ROLLS.includes(d))
  return {
    involvements: year === undefined ? [] : drawn(...dimensions.map((d) => ratesBy(rows, year, d, report))),
    pairs: drawn(pairs(rowsOf(report, 'pairs'))),
    'age-gap': drawn(
      bars({
        title: 'Years by which the child alleged to have caused harm was older',
        unit: 'incidents',
        standing: true,
        series: ['Incidents'],
        points: pointsOf(rowsOf(report, 'age-gap').filter((r) => r.age_gap !== null), (r) => String(r.age_gap), ['incidents']),
      }),
    ),
  }
}

/** Provision from none to most; year groups from the youngest; what is not known last. */
const ORDER = ['N', 'K', 'E', 'E1', 'E2', 'N1', 'N2', 'R']
const rank = (value: string): number => (value === 'unknown' ? 2 : ORDER.includes(value) ? 0 : 1)
/** Codes of provision and of year groups, or "Year 7", as people list them. */
export const inOrder = (a: string, b: string): number =>
  rank(a) - rank(b) || ORDER.indexOf(a) - ORDER.indexOf(b) || a.localeCompare(b, 'en-GB', { numeric: true })

function ratesBy(rows: readonly Row[], year: string, dimension: string, report: NamedReport): Picture {
  const those = rows.filter((r) => r.school_year === year && r.dimension === dimension && figure(r, 'roll') !== null)
  const values = valuesOf(those, 'value').sort(inOrder)
  const rate = (role: string, value: string) => figure(those.find((r) => r.role === role && r.value === value), 'children_per_1000')
  const schoolYear = those[0] ? word(those[0], 'school_year', report) : year
  return bars({
    title: `Children per 1,000 pupils on roll, by ${label(dimension).replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())}, ${schoolYear}`,
    unit: 'per 1,000 pupils',
    series: ROLES.map(label),
    points: values.map((value) => ({ label: label(value), values: ROLES.map((role) => rate(role, value)) })),
  })
}

function pairs(rows: readonly Row[]): MatrixPicture {
  const figureOf = (by: string, on: string) => figure(rows.find((r) => r.by_sex === by && r.on_sex === on), 'acts') ?? 0
  return {
    kind: 'matrix',
    title: 'Acts, by sex of the child alleged to have caused harm and of the child harmed',
    inWords: '',
    unit: 'acts',
    rows: 'Alleged to have caused harm',
    columns: 'child harmed',
    labels: SEXES.map(label),
    figures: SEXES.map((by) => SEXES.map((on) => figureOf(by, on))),
  }
}

/** How many incidents how many children had. */
export function repeats(report: NamedReport): Pictures {
  return {
    concentration: drawn(
      bars({
        title: 'Children alleged to have caused harm, by the number of incidents',
        unit: 'children',
        standing: true,
        series: ['Children'],
        points: pointsOf(rowsOf(report, 'concentration'), (r) => String(r.involvements), ['children']),
      }),
    ),
  }
}
