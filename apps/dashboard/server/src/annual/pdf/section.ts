import { KINDS } from '../../../../web/src/shared/kinds'
import type { AnnualPart, AnnualSection } from '../model'
import { drawFigure, figureHeight } from './draw-figure'
import { INK, LINES, type Look, type Paper } from './paper'
import { drawTable, tableStart } from './table'

const SECTION: Look = { size: 16, bold: true }
const HEADING: Look = { size: 12, bold: true }
const BODY: Look = { size: 10 }
const QUIET: Look = { size: 9.5, quiet: true }
const BOLD: Look = { size: 9.5, bold: true }
const AFTER = 8
const BEFORE_HEADING = 10
/** A section begins overleaf where less than this is left of a page. */
const LEAST_FOR_SECTION = 260
const LONG = 120

type Found = Extract<AnnualPart, { kind: 'findings' }>['findings'][number]
type Term = Extract<AnnualPart, { kind: 'terms' }>['terms'][number]

/** Where a heading has come to stand. */
export interface Entry {
  readonly level: 1 | 2
  readonly words: string
  readonly name: string
  readonly page: number
}

/** A section from where the paper is; gives its headings with their pages. */
export function drawSection(paper: Paper, { id, heading, parts }: AnnualSection): Entry[] {
  paper.room(Math.max(LEAST_FOR_SECTION, 30 + leastOf(paper, parts, 0)))
  const entries: Entry[] = []
  const outline = paper.doc.outline.addItem(heading, at(paper))
  paper.within('Sect', () => {
    const { left, y, width, doc } = paper
    paper.artifact('Layout', () => void doc.moveTo(left, y).lineTo(left + width, y).lineWidth(1.2).strokeColor(INK).stroke())
    paper.y += 8
    entries.push(headed(paper, { level: 1, words: heading, name: id }, SECTION))
    parts.forEach((part, i) => {
      paper.room(leastOf(paper, parts, i))
      if (part.kind !== 'heading') return drawPart(paper, part)
      paper.y += BEFORE_HEADING
      outline.addItem(part.text, at(paper))
      entries.push(headed(paper, { level: 2, words: part.text, name: `${id}-${i}` }, HEADING))
    })
  })
  paper.y += 14
  return entries
}

/** A place of the outline; the library counts `left` from the right. */
const at = ({ y, doc }: Paper) => ({ expanded: false, top: y - 4, left: doc.page.width })

function headed(paper: Paper, entry: Omit<Entry, 'page'>, look: Look): Entry {
  paper.destination(entry.name)
  paper.tagged(entry.level === 1 ? 'H2' : 'H3', () => paper.flow(entry.words, look))
  paper.y += AFTER / 2
  return { ...entry, page: paper.page }
}

/** The height that the beginning of a part needs: a heading is never alone at the foot of a page. */
function leastOf(paper: Paper, parts: readonly AnnualPart[], i: number): number {
  const part = parts[i]
  if (!part) return 0
  switch (part.kind) {
    case 'heading':
      return BEFORE_HEADING + paper.heightOf(part.text, HEADING) + AFTER + leastOf(paper, parts, i + 1)
    case 'text':
      return Math.min(LONG, paper.heightOf(part.text, BODY))
    case 'terms':
      return part.terms[0] ? Math.min(LONG, termHeight(paper, part.terms[0])) : 0
    case 'findings':
      return part.findings[0] ? findingHeight(paper, part.findings[0]) : 0
    case 'picture':
      return figureHeight(paper, part.picture)
    case 'table':
      return tableStart(paper, part)
  }
}

function drawPart(paper: Paper, part: Exclude<AnnualPart, { kind: 'heading' }>): void {
  switch (part.kind) {
    case 'text':
      paper.tagged('P', () => paper.flow(part.text, BODY))
      paper.y += AFTER
      return
    case 'terms':
      return paper.within('L', () => part.terms.forEach((term) => drawTerm(paper, term)))
    case 'findings':
      paper.within('L', () => part.findings.forEach((finding) => drawFinding(paper, finding)))
      paper.y += AFTER / 2
      return
    case 'picture':
      return drawFigure(paper, part.picture)
    case 'table':
      return drawTable(paper, part)
  }
}

const termHeight = (paper: Paper, { term, text }: Term): number => paper.heightOf(term, BOLD) + paper.heightOf(text, BODY) + AFTER

function drawTerm(paper: Paper, term: Term): void {
  paper.room(Math.min(LONG, termHeight(paper, term)))
  paper.within('LI', () => {
    paper.tagged('Lbl', () => paper.flow(term.term, BOLD))
    paper.tagged('LBody', () => paper.flow(term.text, BODY))
  })
  paper.y += AFTER
}

const INDENT = 12
const findingHeight = (paper: Paper, { kind, text, caution }: Found): number =>
  paper.heightOf(KINDS[kind], BOLD, paper.width - INDENT) +
  paper.heightOf(text, BODY, paper.width - INDENT) +
  (caution === '' ? 0 : paper.heightOf(caution, QUIET, paper.width - INDENT)) + AFTER

/** How sure it is stands in words; the line beside it is thicker for what stands out. */
function drawFinding(paper: Paper, finding: Found): void {
  paper.room(findingHeight(paper, finding))
  const { kind, text, caution } = finding
  const { left, y, doc } = paper
  const bottom = y + findingHeight(paper, finding) - AFTER
  paper.artifact('Layout', () => {
    const strong = kind === 'stands-out'
    doc.save().moveTo(left + 2, y + 1).lineTo(left + 2, bottom).lineWidth(strong ? 3.5 : 1.2).strokeColor(strong ? '#3f51b5' : LINES)
    if (kind === 'unsure') doc.dash(3, { space: 3 })
    doc.stroke().restore()
  })
  paper.within('LI', () =>
    paper.within('LBody', () => {
      paper.tagged('P', () => paper.flow(KINDS[kind], BOLD, { indent: INDENT }))
      paper.tagged('P', () => paper.flow(text, BODY, { indent: INDENT }))
      if (caution !== '') paper.tagged('P', () => paper.flow(caution, QUIET, { indent: INDENT }))
    }),
  )
  paper.y += AFTER
}
