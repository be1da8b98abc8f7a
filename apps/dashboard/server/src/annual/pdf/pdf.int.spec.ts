import { createHash } from 'node:crypto'
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildAndFork } from '../../../../../../test/support/run-ts'
import type { AnnualTable } from '../model'
import { hardDocument } from './document-for-tests'
import { annualPdf } from './pdf'

interface Node { readonly role?: string; readonly alt?: string; readonly lang?: string; readonly children?: readonly Node[] }
const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)]
const plain = (words: string) => words.replaceAll(/\s+/g, '')

describe('the annual report as a PDF', () => {
  const document = hardDocument()
  let bytes: Buffer
  let pdf: PDFDocumentProxy
  /** What stands on each page, without spaces: words are put line by line. */
  const pages: string[] = []
  const nodes: Node[] = []
  /** What stands on all of them, one after the other, without their feet. */
  let text: string
  const expectThere = (words: string) => expect(text.includes(plain(words)), words.slice(0, 200)).toBe(true)

  beforeAll(async () => {
    bytes = await annualPdf(document)
    pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
    for (let n = 1; n <= pdf.numPages; n++) {
      const page = await pdf.getPage(n)
      pages.push(plain((await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('')))
      nodes.push(...all((await page.getStructTree()) as Node))
    }
    text = pages.map((page) => page.slice(0, page.lastIndexOf(`Page`))).join('')
  })
  afterAll(() => pdf.destroy())

  it('is the same bytes at another time and in another process', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(createHash('sha256').update(await annualPdf(hardDocument())).digest('hex')).toBe(sha256)
    const other = await buildAndFork('apps/dashboard/server/src/annual/pdf/print-for-tests.ts', [], { ...process.env, TZ: 'America/New_York', LANG: 'C' })
    expect(await other.said('sha256')).toBe(`sha256 ${sha256}`)
    await other.ended
  })

  it('is of the instant it is as of, in English, with its title in the window', async () => {
    const { info } = await pdf.getMetadata()
    expect(info).toMatchObject({ Title: document.title, Language: 'en-GB', CreationDate: 'D:20261120120000Z', ModDate: 'D:20261120120000Z', PDFFormatVersion: '1.7' })
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
    expect(bytes.toString('latin1')).toMatch(/\/DisplayDocTitle true/)
    expect(bytes.toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
  })

  it('has every figure and word of every table, and every title', () => {
    for (const { heading, parts } of document.sections) {
      expectThere(heading)
      for (const part of parts) if (part.kind === 'table') expectAllOf(part)
    }
  })

  function expectAllOf({ title, columns, rows }: AnnualTable) {
    expectThere(title)
    if (rows.length === 0) return
    for (const { label } of columns) expectThere(label)
    // The cells of a row follow one another: a figure stands with what it is of.
    for (const row of rows) if (row.every(({ words }) => words.length < 1000)) expectThere(row.map(({ words }) => words).join(''))
  }

  it('prints Polish and Welsh letters, from fonts that are in the file', () => {
    for (const words of ['Szkoła Wrocławska', 'Tŷ Gŵyr', 'Ysgol Enghraifft Tŷ Gŵyr (made up)', 'Zażółć gęślą jaźń', 'Łazienka ŵŷ 129']) expectThere(words)
    expect(bytes.toString('latin1')).not.toMatch(/\/BaseFont \/Helvetica/)
    expect(bytes.toString('latin1').match(/\/FontFile2/g)).toHaveLength(2)
  })

  it('says on each page which it is of how many, of which document and as of when', () => {
    pages.forEach((page, i) => {
      expect(page).toContain(plain(`Page ${i + 1} of ${pdf.numPages}`))
      expect(page).toContain(plain(`${document.title}. As known on 20 November 2026.`))
    })
  })

  it('repeats the head of a table on every page that the table is on', () => {
    const of = pages.filter((page) => /Łazienkaŵŷ\d+10\d\d/.test(page) && !page.includes(plain('A cell higher')))
    expect(of.length).toBeGreaterThan(2)
    for (const page of of) expect(page).toContain(plain('Miejsce i lle Incidents'))
  })

  it('goes on overleaf in a cell that is higher than a page, and loses no word', () => {
    const of = document.sections.at(-1)!.parts
    const cell = of.flatMap((part) => (part.kind === 'table' && part.title === 'A cell higher than a page' ? [part.rows[0]![0]!.words] : []))[0]!
    // The head is repeated, and the other cell of the row stands beside its first lines.
    expect(text.replaceAll(/ActionState|Done/g, '').includes(plain(cell))).toBe(true)
    expect(pages.filter((page) => page.includes('Anactionin')).length).toBeGreaterThan(1)
    expectThere(of.flatMap((part) => (part.kind === 'text' ? [part.text] : []))[0]!)
  })

  it('never leaves a heading alone at the foot of a page', () => {
    for (const { heading, parts } of document.sections)
      for (const words of [heading, ...parts.flatMap((part) => (part.kind === 'heading' ? [part.text] : []))]) {
        const page = pages.slice(1).find((p) => p.includes(plain(words)))!
        const after = page.slice(page.lastIndexOf(plain(words)) + plain(words).length).split(plain(document.title))[0]!
        expect(after.length, words).toBeGreaterThan(20)
      }
  })

  it('leads to each section and heading from the outline and from the contents', async () => {
    const outline = await pdf.getOutline()
    expect(outline.map(({ title }) => title)).toEqual(document.sections.map(({ heading }) => heading))
    expect(outline.at(-1)!.items.map(({ title }) => title)).toContain('A funnel')
    const links = (await (await pdf.getPage(1)).getAnnotations()) as { dest: string; contentsObj: { str: string } }[]
    expect(links.length).toBeGreaterThanOrEqual(document.sections.length)
    for (const { dest, contentsObj } of links) {
      const [ref] = (await pdf.getDestination(dest)) as [Parameters<typeof pdf.getPageIndex>[0]]
      const page = (await pdf.getPageIndex(ref)) + 1
      expect(contentsObj.str).toMatch(new RegExp(`, page ${page}$`))
      expect(pages[page - 1]).toContain(plain(contentsObj.str.replace(/, page \d+$/, '')))
    }
  })

  it('is tagged: headings, lists, tables with heads, and figures with what they show in words', () => {
    const roles = new Set(nodes.map(({ role }) => role))
    for (const role of ['H1', 'H2', 'H3', 'P', 'L', 'LI', 'Table', 'THead', 'TR', 'TH', 'TD', 'Caption', 'Figure', 'TOC', 'TOCI', 'Link']) expect(roles, role).toContain(role)
    const drawn = document.sections.flatMap(({ parts }) => parts).filter(({ kind }) => kind === 'picture')
    const alts = nodes.filter(({ role }) => role === 'Figure').map(({ alt }) => alt)
    expect(alts.filter((alt) => alt?.endsWith('Every figure is in the table below.'))).toHaveLength(drawn.length)
  })

  it('has its pictures as lines, not as images', async () => {
    expect(bytes.toString('latin1')).not.toContain('/Subtype /Image')
  })
})
