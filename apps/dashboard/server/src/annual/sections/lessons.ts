import { picturesOf } from '../../../../web/src/pictures'
import { label } from '../../../../web/src/shared/labels'
import type { AnnualInput, AnnualPart, AnnualSection, AnnualTable } from '../model'
import { cell, findings, heading, pictures, rowsOf, table, text, type Row } from '../parts'

/** What was reviewed, what was learnt, what was agreed, and what was reported before and after. */
export function lessons(input: AnnualInput): AnnualSection {
  const { names, reports, appraisals, schools } = input
  const one = schools.length === 1
  const themes = rowsOf(reports.lessons, 'themes')
  return {
    id: 'lessons',
    heading: 'Lessons and actions',
    parts: [
      heading('Reviews of circumstances'),
      ...findings(appraisals.reviews.findings),
      ...pictures(picturesOf({ ...reports.reviews, names }).state),
      ...table(reports.reviews, 'state', names),
      heading('What was learnt'),
      ...pictures(picturesOf({ ...reports.lessons, names }).themes),
      bySum('Lessons by theme', 'Theme', themes, 'theme', label, { Lessons: (rows) => rows.reduce((sum, row) => sum + Number(row.lessons), 0) }),
      heading('What was agreed, and what was reported before and after'),
      ...findings(appraisals.lessons.findings),
      ...(one ? actionsOfOne(input) : actionsOfSeveral(input)),
    ],
  }
}

/** Each action, as the school's own governors follow them. */
function actionsOfOne({ names, reports, appraisals }: AnnualInput): AnnualPart[] {
  if (rowsOf(reports.lessons, 'actions').length === 0) return [text('No action was agreed in this school year.')]
  return [
    ...table(reports.lessons, 'actions', names, { columns: ['action', 'due', 'state', 'expected', 'incidents_before', 'incidents_after', 'days_after'] }),
    ...table(appraisals.lessons, 'before-after', names, { columns: BEFORE_AFTER }),
  ]
}

const BEFORE_AFTER = ['school', 'action', 'expected', 'before', 'after', 'ratio', 'lower', 'upper', 'finding']

/** How many of each school; and of those done only where the figures before and after differ by more than chance explains. */
function actionsOfSeveral({ names, reports, appraisals }: AnnualInput): AnnualPart[] {
  const actions = rowsOf(reports.lessons, 'actions')
  const inState = (state: string) => (rows: readonly Row[]) => rows.filter((row) => row.state === state).length
  const clear = (row: Row) => row.finding !== 'either-possible'
  const name = (id: string) => names[id] ?? id
  return [
    bySum('Actions agreed, by school', 'School', actions, 'school', name, { Agreed: (rows) => rows.length, Done: inState('done'), Open: inState('open'), Overdue: inState('overdue') }),
    text('Each action, with what was reported before and after it, stands in the report of its school.'),
    ...(rowsOf(appraisals.lessons, 'before-after').some(clear)
      ? table(appraisals.lessons, 'before-after', names, { columns: BEFORE_AFTER, where: clear, title: 'Actions whose figures before and after differ by more than chance explains' })
      : []),
  ]
}

/** A row for each value of a column, in the order of their names, with these figures of its rows. */
function bySum(title: string, of: string, rows: readonly Row[], key: string, named: (value: string) => string, figures: Readonly<Record<string, (rows: readonly Row[]) => number>>): AnnualTable {
  const values = [...new Set(rows.map((row) => String(row[key])))].map((value) => ({ value, words: named(value) })).sort((a, b) => a.words.localeCompare(b.words, 'en-GB'))
  return {
    kind: 'table',
    title,
    columns: [{ label: of, numeric: false }, ...Object.keys(figures).map((figure) => ({ label: figure, numeric: true }))],
    rows: values.map(({ value, words }) => {
      const those = rows.filter((row) => String(row[key]) === value)
      return [{ words, value: words }, ...Object.values(figures).map((figure) => cell(figure(those)))]
    }),
  }
}
