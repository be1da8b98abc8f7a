import PDFDocument from 'pdfkit'
import { FONTS } from './fonts'
import { wrapped, type Measure } from './figures/shapes'

export type Element = PDFKit.PDFStructureElement

/** A4 with room for a foot, in points. */
const A4 = { width: 595.28, height: 841.89 }
const MARGIN = { left: 48, right: 48, top: 48, bottom: 62 }
export const INK = '#1f2933'
export const QUIET = '#52606d'
export const LINES = '#cbd2d9'
export const PANEL = '#f5f7fa'

/** What a text looks like. Sizes in points; `leading` times the size from line to line. */
export interface Look {
  readonly size: number
  readonly bold?: boolean
  readonly quiet?: boolean
}
const LEADING = 1.36

export interface About {
  readonly title: string
  readonly subject: string
  /** The instant the document says it was made. */
  readonly at: Date
}

/**
 * Says which standard the file keeps to. Not by the library's own option: that adds a list of glyphs which leaves out the parts that letters
 * with accents are made of, so that the file would not keep to it.
 */
const PDF_UA_1 = '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>'

/** What the library's types do not tell of the library. */
interface Untyped {
  continueOnNewPage(): void
  struct(type: string, options: Readonly<Record<string, unknown>>): Element
  goTo(x: number, y: number, width: number, height: number, name: string, options: { structParent: Element; Contents: object }): void
}

/**
 * Pages of a tagged PDF, filled from the top. All that is read out belongs to an element of the structure, all else is an artifact, as
 * PDF/UA (ISO 14289-1) has it. Streams are not compressed: zlib gives other bytes on other machines.
 */
export class Paper {
  readonly doc: PDFKit.PDFDocument
  readonly left = MARGIN.left
  readonly width = A4.width - MARGIN.left - MARGIN.right
  readonly bottom = A4.height - MARGIN.bottom
  /** Where the next block begins. */
  y = MARGIN.top
  private parent: Element
  private readonly widths = new Map<string, number>()
  private readonly chunks: Buffer[] = []

  constructor({ title, subject, at }: About) {
    this.doc = new PDFDocument({
      size: 'A4', margins: MARGIN, compress: false, bufferPages: true,
      pdfVersion: '1.7', tagged: true, lang: 'en-GB', displayTitle: true,
      info: { Title: title, Subject: subject, Creator: 'Circumspect', Producer: 'Circumspect', CreationDate: at, ModDate: at },
    })
    this.doc.on('data', (chunk: Buffer) => this.chunks.push(chunk))
    this.doc.registerFont('regular', FONTS.regular())
    this.doc.registerFont('bold', FONTS.bold())
    this.parent = this.doc.struct('Document')
    this.doc.addStructure(this.parent)
  }

  private get more(): Untyped {
    return this.doc as unknown as Untyped
  }

  readonly measure: Measure = (words, size, bold = false) => {
    const key = `${bold ? 'b' : 'r'}${words}`
    let width = this.widths.get(key)
    if (width === undefined) this.widths.set(key, (width = this.doc.font(bold ? 'bold' : 'regular').fontSize(1).widthOfString(words)))
    return width * size
  }

  lines(words: string, width: number, { size, bold }: Look): string[] {
    return wrapped(words, width, size, this.measure, bold)
  }

  /** The page being filled, from 1. */
  get page(): number {
    return this.doc.bufferedPageRange().count
  }

  /** Goes on to a new page where there is less room than this. Nothing may be higher than a page. */
  room(height: number): void {
    if (this.y + height > this.bottom && this.y > MARGIN.top) this.newPage()
  }

  newPage(): void {
    this.more.continueOnNewPage()
    this.y = MARGIN.top
  }

  /** An element of the structure, with what is drawn as its content, or with elements in it. */
  element(type: string, options: Readonly<Record<string, unknown>> = {}): Element {
    const element = this.more.struct(type, options)
    this.parent.add(element)
    return element
  }

  tagged(type: string, draw: () => void, options: Readonly<Record<string, unknown>> = {}): void {
    const element = this.element(type, options)
    element.add(draw)
    element.end()
  }

  /** Everything drawn meanwhile is in this element. */
  within(type: string, draw: (element: Element) => void, options: Readonly<Record<string, unknown>> = {}): void {
    this.inside(this.element(type, options), draw)
  }

  /** The same for an element that has its place already. */
  inside(element: Element, draw: (element: Element) => void): void {
    const { parent } = this
    this.parent = element
    draw(element)
    this.parent = parent
    element.end()
  }

  /** Lines, boxes, page numbers: what nobody has to have read out. Never within what is tagged. */
  artifact(type: 'Layout' | 'Pagination', draw: () => void): void {
    this.doc.markContent('Artifact', { type })
    draw()
    this.doc.endMarkedContent()
  }

  /** One line of words; `y` is the top of the line. */
  put(words: string, x: number, y: number, { size, bold, quiet }: Look, anchor: 'start' | 'middle' | 'end' = 'start'): void {
    const from = anchor === 'start' ? x : x - this.measure(words, size, bold) / (anchor === 'middle' ? 2 : 1)
    this.doc.font(bold ? 'bold' : 'regular').fontSize(size).fillColor(quiet ? QUIET : INK).text(words, from, y, { lineBreak: false })
  }

  heightOf(words: string, look: Look, width = this.width): number {
    return this.lines(words, width, look).length * look.size * LEADING
  }

  /** Words in lines from here on, over as many pages as they need. */
  flow(words: string, look: Look, { indent = 0 } = {}): void {
    for (const line of this.lines(words, this.width - indent, look)) {
      this.room(look.size * LEADING)
      this.put(line, this.left + indent, this.y, look)
      this.y += look.size * LEADING
    }
  }

  /** A place that links lead to, at the top of the next block. */
  destination(name: string): void {
    this.doc.addNamedDestination(name, 'XYZ', 0, this.y - 6, null)
  }

  link(name: string, element: Element, y: number, height: number, says: string): void {
    this.more.goTo(this.left, y, this.width, height, name, { structParent: element, Contents: new String(says) })
  }

  /** The same line at the foot of every page. */
  foot(words: (page: number, pages: number) => readonly [string, string]): void {
    const { count } = this.doc.bufferedPageRange()
    for (let i = 0; i < count; i++) {
      this.doc.switchToPage(i)
      const [start, end] = words(i + 1, count)
      this.artifact('Pagination', () => {
        const y = this.bottom + 18
        this.doc.moveTo(this.left, y - 5).lineTo(this.left + this.width, y - 5).lineWidth(0.5).strokeColor(LINES).stroke()
        this.put(end, this.left + this.width, y, { size: 8, quiet: true }, 'end')
        const room = this.width - this.measure(end, 8) - 20
        for (const [n, line] of this.lines(start, room, { size: 8 }).slice(0, 2).entries()) this.put(line, this.left, y + n * 10, { size: 8, quiet: true })
      })
    }
  }

  /** The file. Nothing can be put on its pages after that. */
  async end(): Promise<Buffer> {
    const ended = new Promise((resolve, reject) => this.doc.once('end', resolve).once('error', reject))
    this.parent.end()
    this.doc.appendXML(PDF_UA_1)
    this.doc.end()
    await ended
    return Buffer.concat(this.chunks)
  }
}
