import type { BarPicture } from '../../../../../web/src/pictures/picture'
import { labelsBelow, scaleAlong, scaleUp, widestOf } from './axes'
import { barSign, legend } from './legend'
import { LINE, shown, ticksTo, WORDS, wrapped, type Drawing, type Measure, type Shape } from './shapes'

const THICK = 11
const LONGEST_LABEL = 150
const HIGH = 150

const most = ({ points, stacked }: BarPicture): number =>
  Math.max(0, ...points.map(({ values }) => (stacked ? values.reduce<number>((sum, v) => sum + (v ?? 0), 0) : Math.max(0, ...values.map((v) => v ?? 0)))))

/** Only counts of whole things are whole. */
const isWhole = ({ points }: BarPicture): boolean => points.every(({ values }) => values.every((v) => v === null || Number.isInteger(v)))

const signs = ({ series }: BarPicture, width: number, measure: Measure) =>
  series.length < 2 ? { shapes: [], bottom: 0 } : legend(series.map((name, i) => ({ name, sign: barSign(i) })), width, 0, measure)

/** Bars with their figures at their ends, or in them where they stand on one another. */
export const layOutBars = (picture: BarPicture, width: number, measure: Measure): Drawing => (picture.standing ? standing : lying)(picture, width, measure)

function lying(picture: BarPicture, width: number, measure: Measure): Drawing {
  const names = signs(picture, width, measure)
  const left = Math.min(LONGEST_LABEL, widestOf(picture.points.map((p) => p.label), measure)) + 6
  const labels = picture.points.map((p) => wrapped(p.label, left - 6, WORDS, measure))
  const bars = picture.stacked ? 1 : picture.series.length
  const high = labels.map((lines) => Math.max(bars * THICK, lines.length * LINE) + 7)
  const bottom = names.bottom + high.reduce((sum, h) => sum + h, 0)
  const room = picture.stacked ? 14 : widestOf(picture.points.flatMap((p) => p.values.map((v) => shown(picture.unit, v ?? 0))), measure) + 6
  const { shapes, at } = scaleAlong({ left, right: width - room, top: names.bottom, bottom }, ticksTo(most(picture), isWhole(picture)), (tick) => shown(picture.unit, tick))
  let top = names.bottom
  for (const [i, point] of picture.points.entries()) {
    const middle = top + high[i]! / 2
    shapes.push(...labels[i]!.map((words, n): Shape => ({ kind: 'text', x: left - 5, y: middle + (n - labels[i]!.length / 2) * LINE, words, anchor: 'end' })))
    shapes.push(...(picture.stacked ? stack(picture, point.values, middle, at, measure) : sideBySide(picture, point.values, middle, at)))
    top += high[i]!
  }
  return { width, height: bottom + LINE + 6, shapes: [...names.shapes, ...shapes] }
}

function sideBySide({ unit }: BarPicture, values: readonly (number | null)[], middle: number, at: (value: number) => number): Shape[] {
  const top = middle - (values.length * THICK) / 2
  return values.flatMap((value, i): Shape[] =>
    value === null
      ? [{ kind: 'text', x: at(0) + 4, y: top + i * THICK, words: 'not known', anchor: 'start', quiet: true }]
      : [
          { kind: 'bar', x: at(0), y: top + i * THICK + 0.5, width: at(value) - at(0), height: THICK - 1, series: i },
          { kind: 'text', x: at(value) + 4, y: top + i * THICK + 0.5, words: shown(unit, value), anchor: 'start' },
        ],
  )
}

function stack({ unit }: BarPicture, values: readonly (number | null)[], middle: number, at: (value: number) => number, measure: Measure): Shape[] {
  const shapes: Shape[] = []
  let sum = 0
  for (const [i, value] of values.entries()) {
    if (value === null || value === 0) continue
    const [from, to] = [at(sum), at(sum + value)]
    shapes.push({ kind: 'bar', x: from, y: middle - THICK / 2 - 1, width: to - from, height: THICK + 2, series: i })
    const words = shown(unit, value)
    if (measure(words, WORDS) + 6 <= to - from) shapes.push({ kind: 'text', x: (from + to) / 2, y: middle - LINE / 2, words, anchor: 'middle', plate: true })
    sum += value
  }
  return shapes
}

function standing(picture: BarPicture, width: number, measure: Measure): Drawing {
  const names = signs(picture, width, measure)
  const ticks = ticksTo(most(picture), isWhole(picture))
  const plot = { left: widestOf(ticks.map((tick) => shown(picture.unit, tick)), measure) + 6, right: width, top: names.bottom + LINE, bottom: names.bottom + LINE + HIGH }
  const { shapes, at } = scaleUp(plot, ticks, (tick) => shown(picture.unit, tick))
  const below = labelsBelow(plot, picture.points.map((p) => p.label), measure)
  const thick = Math.min(40, (below.step * 0.75) / picture.series.length)
  for (const [i, { values }] of picture.points.entries())
    for (const [s, value] of values.entries()) {
      if (value === null) continue
      const x = below.at(i) + (s - picture.series.length / 2) * thick
      shapes.push({ kind: 'bar', x, y: at(value), width: thick, height: plot.bottom - at(value), series: s })
      if (measure(shown(picture.unit, value), WORDS) <= below.step / picture.series.length)
        shapes.push({ kind: 'text', x: x + thick / 2, y: at(value) - LINE, words: shown(picture.unit, value), anchor: 'middle' })
    }
  return { width, height: plot.bottom + LINE + 6, shapes: [...names.shapes, ...shapes, ...below.shapes] }
}
