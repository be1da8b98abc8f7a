import type { Picture } from '../../../../web/src/pictures/picture'
import { layOut } from './figures/lay-out'
import { WORDS, type Drawing, type Fill, type Shape } from './figures/shapes'
import { INK, LINES, QUIET, type Look, type Paper } from './paper'

/** As on the pages, where paper takes the light ones. */
const SERIES = ['#3f51b5', '#c2570c', '#8a94a6', '#0e7490', '#f2b134']
const TITLE: Look = { size: 9.5, bold: true }
const AFTER_TITLE = 6
const AFTER = 12

const colourOf = (fill: Fill): string => (fill === 'ink' ? INK : fill === 'quiet' ? QUIET : fill === 'line' ? LINES : SERIES[fill % SERIES.length]!)
const titleOf = ({ title, unit }: Picture): string => `${title} (${unit})`

export function figureHeight(paper: Paper, picture: Picture): number {
  return paper.heightOf(titleOf(picture), TITLE) + AFTER_TITLE + layOut(picture, paper.width, paper.measure).height + AFTER
}

/** A figure with its caption; what it shows is said in words for whoever cannot see it. */
export function drawFigure(paper: Paper, picture: Picture): void {
  const drawing = layOut(picture, paper.width, paper.measure)
  paper.within('Sect', () => {
    paper.tagged('P', () => paper.flow(titleOf(picture), TITLE))
    paper.y += AFTER_TITLE
    const { left, y, width } = paper
    paper.tagged('Figure', () => drawShapes(paper, drawing), {
      alt: `${picture.inWords} Every figure is in the table below.`, placement: 'Block', bbox: [left, y, left + width, y + drawing.height],
    })
  })
  paper.y += drawing.height + AFTER
}

function drawShapes(paper: Paper, { shapes }: Drawing): void {
  paper.doc.save().translate(paper.left, paper.y)
  for (const shape of shapes) drawShape(paper, shape)
  paper.doc.restore()
}

function drawShape(paper: Paper, shape: Shape): void {
  const { doc } = paper
  switch (shape.kind) {
    case 'bar':
      return drawBar(doc, shape)
    case 'line': {
      const [first, ...rest] = shape.points
      if (!first) return
      doc.save().lineWidth(shape.width).strokeColor(colourOf(shape.colour)).lineJoin('round')
      if (shape.dash && shape.dash.length > 0) doc.dash(shape.dash as unknown as number, {})
      doc.moveTo(...first)
      for (const point of rest) doc.lineTo(...point)
      return void doc.stroke().restore()
    }
    case 'text': {
      if (shape.plate) {
        const wide = paper.measure(shape.words, WORDS) + 4
        const x = shape.anchor === 'middle' ? shape.x - wide / 2 : shape.x - 2
        doc.rect(x, shape.y + 0.5, wide, WORDS + 2).fillColor('#ffffff').fill()
      }
      return paper.put(shape.words, shape.x, shape.y - 0.5, { size: WORDS, ...(shape.quiet && { quiet: true }) }, shape.anchor)
    }
    case 'mark': {
      doc.fillColor(colourOf(shape.series))
      if (shape.form === 'dot') return void doc.circle(shape.x, shape.y, 2.2).fill()
      return void doc.moveTo(shape.x, shape.y - 5).lineTo(shape.x + 5, shape.y).lineTo(shape.x, shape.y + 5).lineTo(shape.x - 5, shape.y).closePath().fill()
    }
  }
}

/** Lines over the colour, at these angles and distances: series are told apart without colour, too. */
const TEXTURES: readonly { readonly slope: number; readonly every: number }[][] = [
  [], [{ slope: 1, every: 4 }], [{ slope: 0, every: 3 }], [{ slope: 1, every: 5 }, { slope: -1, every: 5 }], [{ slope: -1, every: 3 }],
]

function drawBar(doc: PDFKit.PDFDocument, { x, y, width, height, series }: Extract<Shape, { kind: 'bar' }>): void {
  if (width <= 0 || height <= 0) return
  const colour = colourOf(series)
  doc.save().rect(x, y, width, height).clip()
  doc.rect(x, y, width, height).fillColor(colour).fill().lineWidth(0.9).strokeColor('#ffffff')
  for (const { slope, every } of TEXTURES[series % TEXTURES.length]!) {
    const reach = Math.abs(slope) * height
    const [from, to] = slope === 0 ? [y + every, y + height] : [x - reach, x + width + reach]
    for (let at = from; at < to; at += every) {
      if (slope === 0) doc.moveTo(x, at).lineTo(x + width, at)
      else doc.moveTo(at, slope > 0 ? y + height : y).lineTo(at + reach, slope > 0 ? y : y + height)
    }
    doc.stroke()
  }
  doc.restore()
  doc.rect(x, y, width, height).lineWidth(0.5).strokeColor(colour).stroke()
}
