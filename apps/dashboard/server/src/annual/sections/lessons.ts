import { picturesOf } from '../../../../web/src/pictures'
import { label } from '../../../../web/src/shared/labels'
import { whereInWords } from '../../../../web/src/shared/where'
import type { SharedLesson } from '../../reviews/shared-lessons'
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
      mostFirst(bySum('Lessons by theme', 'Theme', themes, 'theme', label, { Lessons: (rows) => rows.reduce((sum, row) => sum + Number(row.lessons), 0) })),
      ...inWords(input.lessons),
      heading('What was agreed, and what was reported before and after'),
      ...findings(appraisals.lessons.findings),
      ...(one ? actionsOfOne(input) : actionsOfSeveral(input)),
    ],
  }
}

/** What was learnt, as it was written for the whole trust. */
function inWords(learnt: readonly SharedLesson[]): AnnualPart[] {
  if (learnt.length === 0) return [text('No lesson of this school year was marked as one for the whole trust, so none stands here in words.')]
  return [
    text('These lessons were marked as for the whole trust by those who recorded them, and stand here as they were written, without the case behind them.'),
    {
      kind: 'table',
      title: 'Lessons in words',
      columns: ['Theme', 'Where it applies', 'What was learnt'].map((of) => ({ label: of, numeric: false })),
      rows: learnt.map(({ theme, learnt: words, locationKinds, slots }) => [label(theme), whereInWords({ places: [], locationKinds, slots }, {}), words].map((each) => ({ words: each, value: each }))),
    } satisfies AnnualTable,
  ]
}

/** Each action, as the school's own governors follow them: in what state, and, where it is done, what was reported before and after. */
function actionsOfOne({ names, reports, appraisals }: AnnualInput): AnnualPart[] {
  const actions = rowsOf(reports.lessons, 'actions')
  if (actions.length === 0) return [text('No action was agreed in this school year.')]
  const compared = new Map(rowsOf(appraisals.lessons, 'before-after').map((row) => [String(row.action), row]))
  return [
    text(BEFORE_AND_AFTER),
    {
      kind: 'table',
      title: 'Actions, and what was reported for each 100 school days before and after',
      columns: [...OF_ACTION, ...OF_COMPARED].map(({ label: of, numeric = false }) => ({ label: of, numeric })),
      rows: actions.map((row) => [...OF_ACTION.map(({ key }) => cell(row[key] ?? null, names)), ...OF_COMPARED.map(({ key }) => cell(compared.get(String(row.action))?.[key] ?? null, names))]),
    } satisfies AnnualTable,
  ]
}

const BEFORE_AND_AFTER =
  'Before is the 365 days before the action was agreed, without the incidents that prompted it; after is the time since it was done. Only what was reported can be compared: a difference does not show that the action made it, and none does not show that nothing changed. More reports can be what was hoped for. Of twenty actions looked at one by one, about one differs so by chance alone: the findings above allow for that.'

interface Of { readonly key: string; readonly label: string; readonly numeric?: boolean }
const OF_ACTION: readonly Of[] = [{ key: 'action', label: 'Action' }, { key: 'due', label: 'Due' }, { key: 'state', label: 'State' }, { key: 'expected', label: 'Expected beforehand' }]
const OF_COMPARED: readonly Of[] = [
  { key: 'before', label: 'Before', numeric: true },
  { key: 'after', label: 'After', numeric: true },
  { key: 'ratio', label: 'After over before', numeric: true },
  { key: 'lower', label: '95 % from', numeric: true },
  { key: 'upper', label: '95 % to', numeric: true },
  { key: 'finding', label: 'What the figures allow' },
]
/** How many of each school. Those whose figures differ by more than chance explains, over all of them, are named in the findings. */
function actionsOfSeveral({ names, reports }: AnnualInput): AnnualPart[] {
  const actions = rowsOf(reports.lessons, 'actions')
  const inState = (state: string) => (rows: readonly Row[]) => rows.filter((row) => row.state === state).length
  const name = (id: string) => names[id] ?? id
  return [
    bySum('Actions agreed, by school', 'School', actions, 'school', name, { Agreed: (rows) => rows.length, Done: inState('done'), Open: inState('open'), Overdue: inState('overdue') }),
    text('Each action, with what was reported before and after it, stands in the report of its school.'),
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

/** As the picture has them. */
const mostFirst = (of: AnnualTable): AnnualTable => ({ ...of, rows: [...of.rows].sort((a, b) => Number(b[1]!.value) - Number(a[1]!.value)) })
