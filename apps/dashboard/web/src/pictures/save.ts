/** What makes up the look of a drawing, copied from the page: a picture by itself has no style sheets. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const
const MARGIN = 16
const LINE = 20
const PER_LINE_PIXELS = 7.2
const TWICE = 2

/** Words in lines that fit a width, in pixels. */
export function linesOf(words: string, width: number): string[] {
  const most = Math.max(10, Math.floor(width / PER_LINE_PIXELS))
  const lines: string[] = []
  for (const word of words.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function copied(svg: SVGSVGElement): SVGSVGElement {
  const clone = svg.cloneNode(true) as SVGSVGElement
  const [from, to] = [svg.querySelectorAll('*'), clone.querySelectorAll<SVGElement>('*')]
  from.forEach((element, i) => {
    const style = getComputedStyle(element)
    for (const look of LOOKS) to[i]!.style.setProperty(look, style.getPropertyValue(look))
  })
  return clone
}

interface Text {
  readonly words: string
  readonly y: number
  readonly fill: string
  readonly bold?: boolean
}

/** A drawing with its title, its legend and what it was made from, as one SVG. Lengths in pixels. */
function composed(figure: HTMLElement, title: string, below: string): { svg: string; width: number; height: number } {
  const drawing = figure.querySelector<SVGSVGElement>('.recharts-wrapper > svg')!
  const { width: inner, height: drawn } = drawing.getBoundingClientRect()
  const width = inner + 2 * MARGIN
  const { color, backgroundColor, fontFamily } = getComputedStyle(document.body)
  const legend = [...figure.querySelectorAll('.recharts-legend-item')].map((item) => {
    const mark = item.querySelector('svg *')
    const { fill, stroke } = mark ? getComputedStyle(mark) : { fill: color, stroke: 'none' }
    return { words: `■ ${item.textContent ?? ''}`, fill: fill === 'none' ? stroke : fill }
  })
  const texts: Text[] = []
  let y = MARGIN
  const put = (words: string, fill: string, bold = false) => {
    for (const line of linesOf(words, inner)) texts.push({ words: line, y: (y += LINE), fill, bold })
  }
  put(title, color, true)
  const top = y + MARGIN / 2
  y = top + drawn
  for (const { words, fill } of legend) put(words, fill)
  put(below, color)
  const height = y + MARGIN
  const clone = copied(drawing)
  clone.setAttribute('x', String(MARGIN))
  clone.setAttribute('y', String(top))
  clone.setAttribute('width', String(inner))
  clone.setAttribute('height', String(drawn))
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const written = texts.map(
    ({ words, y: at, fill, bold }) =>
      `<text x="${MARGIN}" y="${at}" fill="${fill}" font-size="14" font-weight="${bold ? 700 : 400}" font-family="${escape(fontFamily)}">${escape(words)}</text>`,
  )
  const parts = [`<rect width="100%" height="100%" fill="${backgroundColor}"/>`, ...written, new XMLSerializer().serializeToString(clone)]
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" color="${color}">${parts.join('')}</svg>`,
    width,
    height,
  }
}

/** The picture in a figure of the page as a PNG, twice as fine as on the screen. */
export async function pngOf(figure: HTMLElement, title: string, below: string): Promise<Blob> {
  const { svg, width, height } = composed(figure, title, below)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * TWICE)
  canvas.height = Math.round(height * TWICE)
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'),
  )
}

/** Hands a file to the browser to be saved. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
