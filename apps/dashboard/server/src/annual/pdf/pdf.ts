import { setImmediate as othersFirst } from 'node:timers/promises'
import { dayInWords } from '../../../../web/src/shared/labels'
import type { AnnualDocument } from '../model'
import { dayIn } from '../years'
import { LINES, Paper, type Element, type Look } from './paper'
import { drawSection, type Entry } from './section'

const TITLE: Look = { size: 24, bold: true }
const LEAD: Look = { size: 12, quiet: true }
const CONTENTS: Look = { size: 16, bold: true }
const ENTRY: Record<Entry['level'], Look> = { 1: { size: 10.5, bold: true }, 2: { size: 9.5 } }
const STEP: Record<Entry['level'], number> = { 1: 19, 2: 14.5 }

/**
 * The annual report as a PDF on A4: tagged (PDF/UA-1), with outline, contents and page numbers. The same document gives the same bytes:
 * its date is the instant it is as of.
 */
export async function annualPdf(document: AnnualDocument): Promise<Buffer> {
  const paper = new Paper({ title: document.title, subject: document.subtitle, at: new Date(document.asOf) })
  const contents = firstPage(paper, document)
  const entries: Entry[] = []
  for (const section of document.sections) {
    // A report is no reason to keep everybody else waiting.
    await othersFirst()
    entries.push(...drawSection(paper, section))
  }
  contents(entries)
  paper.foot((page, pages) => [`${document.title}. As known on ${dayInWords(dayIn(document.asOf))}.`, `Page ${page} of ${pages}`])
  return paper.end()
}

/** The title, and the place of the contents: they can be written when everything has its page. */
function firstPage(paper: Paper, { title, subtitle, position }: AnnualDocument): (entries: readonly Entry[]) => void {
  paper.y += 40
  paper.tagged('H1', () => paper.flow(title, TITLE))
  paper.y += 10
  paper.tagged('P', () => paper.flow(`${subtitle}.`, LEAD))
  paper.y += 4
  paper.tagged('P', () => paper.flow(`Computed from the record up to store position ${position}. Every picture has its figures in a table.`, { size: 10, quiet: true }))
  paper.y += 26
  paper.tagged('H2', () => paper.flow('Contents', CONTENTS))
  paper.y += 6
  const [toc, top] = [paper.element('TOC'), paper.y]
  paper.newPage()
  return (entries) => {
    paper.doc.switchToPage(0)
    const all = entries.reduce((sum, { level }) => sum + STEP[level], 0)
    const shown = top + all <= paper.bottom ? entries : entries.filter(({ level }) => level === 1)
    paper.inside(toc, () => shown.reduce((y, entry) => contentsLine(paper, entry, y), top))
  }
}

/** One heading with its page, as a link; gives where the next line begins. */
function contentsLine(paper: Paper, { level, words, name, page }: Entry, y: number): number {
  const look = ENTRY[level]
  const left = paper.left + (level === 1 ? 0 : 14)
  const right = paper.left + paper.width
  const top = y + (level === 1 ? 4 : 0)
  const line = paper.lines(words, right - left - 40, look)[0]!
  paper.within('TOCI', () =>
    paper.within('Link', (link: Element) => {
      link.add(() => {
        paper.put(line, left, top, look)
        paper.put(String(page), right, top, look, 'end')
      })
      paper.link(name, link, top, STEP[level] - 4, `${words}, page ${page}`)
    }),
  )
  const [from, to] = [left + paper.measure(line, look.size, look.bold) + 6, right - 22]
  if (from < to)
    paper.artifact('Layout', () => void paper.doc.save().moveTo(from, top + look.size).lineTo(to, top + look.size).lineWidth(0.5).dash(1, { space: 3 }).strokeColor(LINES).stroke().restore())
  return y + STEP[level]
}
