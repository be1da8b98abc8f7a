import type { AnnualTable } from '../model'
import { isDay } from '../parts'
import { wrapped, type Measure } from './figures/shapes'
import { LINES, PANEL, type Element, type Paper } from './paper'

const SIZES = [8.5, 8, 7.5, 7]
const PAD = 4
const LEADING = 1.3
/** A table that needs less than the page is stretched no further: figures far from their words are hard to read. */
const WIDER = 1.5
/** A word that needs more than this share of the page is broken: it must not squeeze the others. */
const LONGEST_WORD = 0.3
const TITLE = { size: 9.5, bold: true } as const
const AFTER_TITLE = 4
const AFTER = 14
const EMPTY = 'Nothing is recorded for this choice.'

/** A table with the words of each cell in lines, and how wide its columns are. Points. */
export interface LaidTable {
  readonly size: number
  readonly widths: readonly number[]
  readonly head: readonly (readonly string[])[]
  readonly rows: readonly (readonly (readonly string[])[])[]
}

/** Columns get what their words need, the longest words at least; where that is more than there is, in smaller print. */
export function layOutTable({ columns, rows }: AnnualTable, width: number, measure: Measure): LaidTable {
  const needs = columns.map(({ label }, c) => {
    const cells = rows.map((row) => inCell(columns, row, c))
    const widest = (words: readonly string[], bold: boolean) => Math.max(0, ...words.map((w) => measure(w, 1, bold)))
    const inWords = (words: readonly string[]) => words.flatMap((w) => w.split(' '))
    return { least: Math.max(widest(inWords([label]), true), widest(inWords(cells), false)), most: Math.max(widest(inWords([label]), true), measure(label, 1, true) / 2, widest(cells, false)) }
  })
  const inPrint = (size: number) => needs.map((n) => ({ least: Math.min(n.least * size, width * LONGEST_WORD) + 2 * PAD + 0.1, most: n.most * size + 2 * PAD + 0.1 }))
  const size = SIZES.find((s) => inPrint(s).reduce((sum, n) => sum + n.least, 0) <= width) ?? SIZES.at(-1)!
  const widths = share(inPrint(size), width)
  const lines = (words: string, c: number, bold: boolean) => wrapped(words, widths[c]! - 2 * PAD, size, measure, bold)
  return { size, widths, head: columns.map(({ label }, c) => lines(label, c, true)), rows: rows.map((row) => row.map((_, c) => lines(inCell(columns, row, c), c, false))) }
}

/** A figure is never broken from its sign, nor a day from its month. */
const inCell = (columns: AnnualTable['columns'], row: AnnualTable['rows'][number], c: number): string =>
  columns[c]!.numeric || isDay(row[c]!.value) ? row[c]!.words.replaceAll(' ', '\u00a0') : row[c]!.words

/** All that is asked where there is room; else the least, and of the rest in proportion; the least in proportion where even that is too much. */
function share(needs: readonly { readonly least: number; readonly most: number }[], width: number): number[] {
  const [least, most] = [needs.reduce((sum, n) => sum + n.least, 0), needs.reduce((sum, n) => sum + n.most, 0)]
  if (least >= width) return needs.map((n) => (n.least * width) / least)
  if (most <= width) return needs.map((n) => n.most * Math.min(WIDER, width / most))
  return needs.map((n) => n.least + ((n.most - n.least) * (width - least)) / (most - least))
}

const widthOf = ({ widths }: LaidTable): number => widths.reduce((sum, w) => sum + w, 0)
const linesIn = (cells: readonly (readonly string[])[]): number => Math.max(1, ...cells.map((lines) => lines.length))
const heightOf = ({ size }: LaidTable, lines: number): number => lines * size * LEADING + 2 * PAD - 2

/** The least that may stand at the foot of a page: the title, the head and the first two rows. */
export function tableStart(paper: Paper, table: AnnualTable, laid = layOutTable(table, paper.width, paper.measure)): number {
  const rows = laid.rows.slice(0, 2).reduce((sum, row) => sum + heightOf(laid, Math.min(12, linesIn(row))), 0)
  return paper.heightOf(table.title, TITLE) + AFTER_TITLE + heightOf(laid, linesIn(laid.head)) + rows
}

/** A table over as many pages as it needs, its head on each. */
export function drawTable(paper: Paper, table: AnnualTable): void {
  const laid = layOutTable(table, paper.width, paper.measure)
  paper.room(tableStart(paper, table, laid))
  if (laid.rows.length === 0) return drawEmpty(paper, table)
  paper.within('Table', () => {
    paper.tagged('Caption', () => paper.flow(table.title, TITLE))
    paper.y += AFTER_TITLE
    paper.within('THead', () => paper.within('TR', () => drawHead(paper, laid, table, (draw, i) => paper.tagged('TH', draw, { scope: 'Column', title: table.columns[i]!.label }))))
    paper.within('TBody', () => laid.rows.forEach((row, i) => drawRow(paper, laid, table, row, laid.rows.length - i - 1)))
  })
  paper.y += AFTER
}

function drawEmpty(paper: Paper, { title }: AnnualTable): void {
  paper.tagged('P', () => paper.flow(title, TITLE))
  paper.tagged('P', () => paper.flow(EMPTY, { size: 9, quiet: true }))
  paper.y += AFTER
}

function drawHead(paper: Paper, laid: LaidTable, table: AnnualTable, cell: (draw: () => void, column: number) => void): void {
  const height = heightOf(laid, linesIn(laid.head))
  const { left, y, doc } = paper
  const width = widthOf(laid)
  const background = () => void doc.rect(left, y, width, height).fillColor(PANEL).fill().moveTo(left, y + height).lineTo(left + width, y + height).lineWidth(0.8).strokeColor('#7b8794').stroke()
  if (cell === asItIs) background()
  else paper.artifact('Layout', background)
  const last = linesIn(laid.head)
  laid.head.forEach((lines, c) => cell(() => drawLines(paper, laid, table, c, lines, last - lines.length, true), c))
  paper.y += height
}

/** For a head that is repeated: it is no part of what is read out. */
const asItIs = (draw: () => void): void => draw()

/** A row, whole where it fits a page; a row that is higher goes on overleaf, line by line. */
function drawRow(paper: Paper, laid: LaidTable, table: AnnualTable, row: LaidTable['rows'][number], after: number): void {
  const all = linesIn(row)
  const page = paper.bottom - 48 - heightOf(laid, linesIn(laid.head))
  // A last row alone overleaf is hard to read: the one before goes with it.
  const together = after === 1 ? heightOf(laid, all) + 14 : heightOf(laid, all)
  if (together <= page && paper.y + together > paper.bottom) overleaf(paper, laid, table)
  paper.within('TR', () => {
    const cells = row.map((_, c) => cellOf(paper, table, c))
    for (let from = 0; from < all; ) {
      if (paper.y + heightOf(laid, 1) > paper.bottom) overleaf(paper, laid, table)
      const fits = Math.max(1, Math.floor((paper.bottom - paper.y - 2 * PAD + 2) / (laid.size * LEADING)))
      const to = Math.min(all, from + fits)
      row.forEach((lines, c) => cells[c]!.add(() => drawLines(paper, laid, table, c, lines.slice(from, to), 0, false)))
      paper.y += heightOf(laid, to - from)
      from = to
    }
    cells.forEach((cell) => cell.end())
  })
  const { left, y, doc } = paper
  paper.artifact('Layout', () => void doc.moveTo(left, y).lineTo(left + widthOf(laid), y).lineWidth(0.4).strokeColor(LINES).stroke())
}

const cellOf = (paper: Paper, table: AnnualTable, column: number): Element =>
  column === 0 && !table.columns[0]!.numeric ? paper.element('TH', { scope: 'Row' }) : paper.element('TD')

function overleaf(paper: Paper, laid: LaidTable, table: AnnualTable): void {
  paper.newPage()
  paper.artifact('Pagination', () => drawHead(paper, laid, table, asItIs))
}

/** Words on the left, figures on the right. */
function drawLines(paper: Paper, { size, widths }: LaidTable, { columns }: AnnualTable, column: number, lines: readonly string[], down: number, bold: boolean): void {
  const left = paper.left + widths.slice(0, column).reduce((sum, w) => sum + w, 0)
  const { numeric } = columns[column]!
  lines.forEach((line, n) =>
    paper.put(line, numeric ? left + widths[column]! - PAD : left + PAD, paper.y + PAD - 2 + (down + n) * size * LEADING, { size, bold }, numeric ? 'end' : 'start'),
  )
}
