import type { Picture } from '../../../../web/src/pictures/picture'
import { annualDocument } from '../content'
import { annualInput } from '../input-for-tests'
import type { AnnualDocument, AnnualPart } from '../model'

const common = { unit: 'cases', inWords: 'The largest is 3 cases.' }
const school = (label: string, x: number, y: number) => ({ label, x, y, inner: [0.7, 1.4] as const, outer: [0.5, 1.8] as const })
const months = Array.from({ length: 24 }, (_, i) => ({ label: `Month ${i}`, value: i, signal: i === 23 }))

/** A picture of each kind. */
const PICTURES: readonly Picture[] = [
  { ...common, title: 'Bars that lie', kind: 'bars', standing: false, stacked: false, series: ['Harmed', 'Alleged'], points: [{ label: 'Szkoła Wrocławska', values: [3, null] }] },
  { ...common, title: 'Bars on one another', kind: 'bars', standing: false, stacked: true, series: ['Done', 'Open', 'Overdue', 'More', 'Most'], points: [{ label: 'Tŷ Gŵyr', values: [3, 2, 1, 2, 1] }] },
  { ...common, title: 'Bars that stand', kind: 'bars', standing: true, stacked: false, series: ['Cases'], points: [{ label: 'Sep 25', values: [1] }, { label: 'Oct 25', values: [2] }] },
  { ...common, title: 'A curve', kind: 'curve', unit: 'share of cases', series: ['Referred', 'Decided against'], xUnit: 'hours', points: [{ x: 0, values: [0, 0] }, { x: 24, values: [0.6, 0.1] }] },
  { ...common, title: 'A funnel', kind: 'funnel', points: [school('North', 10, 1), school('South', 20, 1.2), school('East', 30, 2)] },
  { ...common, title: 'A control chart', kind: 'control', mean: 10, lower: 2, upper: 18, points: months },
  { ...common, title: 'A square', kind: 'matrix', rows: 'By', columns: 'on', labels: ['Girl', 'Boy'], figures: [[1, 2], [3, 4]] },
]

const figures = (title: string, rows: number): AnnualPart => ({
  kind: 'table',
  title,
  columns: [{ label: 'Miejsce i lle', numeric: false }, { label: 'Incidents', numeric: true }],
  rows: Array.from({ length: rows }, (_, i) => [{ words: `Łazienka ŵŷ ${i}`, value: `Łazienka ŵŷ ${i}` }, { words: String(1000 + i), value: 1000 + i }]),
})
const long = 'An action in very many words. '.repeat(400).trim()

/** An annual report with everything that is hard to lay out: pictures of each kind, a table over pages, a cell higher than a page, an empty table. */
export function hardDocument(): AnnualDocument {
  const made = annualDocument(annualInput)
  const hard: AnnualPart[] = [
    { kind: 'heading', text: 'A long table' },
    figures('A table over pages', 130),
    ...PICTURES.flatMap((picture): AnnualPart[] => [{ kind: 'heading', text: picture.title }, { kind: 'picture', picture }, figures(`The figures of: ${picture.title}`, 3)]),
    figures('An empty table', 0),
    { kind: 'table', title: 'A cell higher than a page', columns: [{ label: 'Action', numeric: false }, { label: 'State', numeric: false }], rows: [[{ words: long, value: long }, { words: 'Done', value: 'Done' }]] },
    { kind: 'text', text: 'A paragraph longer than a page. '.repeat(300).trim() },
  ]
  return { ...made, sections: [...made.sections, { id: 'hard', heading: 'Hard to lay out: Zażółć gęślą jaźń', parts: hard }] }
}
