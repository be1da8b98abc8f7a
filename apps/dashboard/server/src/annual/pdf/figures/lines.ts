import type { ControlPicture, CurvePicture, FunnelPicture } from '../../../../../web/src/pictures/picture'
import { labelsBelow, scaleAlong, scaleUp, widestOf, type Plot } from './axes'
import { legend, lineSign, markSign } from './legend'
import { LINE, shown, ticksTo, WORDS, type Drawing, type Measure, type Shape } from './shapes'

type XY = readonly [number, number]

const HIGH = 160
/** Curves are told apart by these, not by colour alone: none, dashed, dotted, both. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [1.5, 2.5], [8, 2, 1.5, 2], [1, 4]]
const NARROW = [1.5, 2.5]
const WIDE = [6, 3]

const plotBelow = (top: number, ticks: readonly string[], width: number, measure: Measure): Plot => ({
  left: widestOf(ticks, measure) + 6, right: width - 16, top: top + 6, bottom: top + 6 + HIGH,
})

const unitBelow = ({ right, bottom }: Plot, words: string): Shape => ({ kind: 'text', x: right, y: bottom + LINE + 3, words, anchor: 'end', quiet: true })

/** Curves that step, or go straight, from zero to all. */
export function layOutCurve({ series, points, straight, xUnit, unit }: CurvePicture, width: number, measure: Measure): Drawing {
  const names = legend(series.map((name, i) => ({ name, sign: lineSign(i, DASHES[i] ?? []) })), width, 0, measure)
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  const plot = plotBelow(names.bottom, ticks.map((tick) => shown(unit, tick)), width, measure)
  const up = scaleUp(plot, ticks, (tick) => shown(unit, tick))
  const along = scaleAlong(plot, ticksTo(Math.max(0, ...points.map(({ x }) => x)), false, 8), (tick) => tick.toLocaleString('en-GB'))
  const curves = series.map((_, i): Shape => {
    const known = points.flatMap(({ x, values }): XY[] => (typeof values[i] === 'number' ? [[along.at(x), up.at(values[i])]] : []))
    return { kind: 'line', points: straight ? known : steps(known), colour: i, width: 1.5, dash: DASHES[i] ?? [] }
  })
  return { width, height: plot.bottom + 2 * LINE + 8, shapes: [...names.shapes, ...up.shapes, ...along.shapes, ...curves, unitBelow(plot, xUnit)] }
}

/** As high as the point before, until there is another. */
const steps = (points: readonly XY[]): XY[] => points.flatMap(([x, y], i): XY[] => (i === 0 ? [[x, y]] : [[x, points[i - 1]![1]], [x, y]]))

/** Points against what is expected of them, between the limits of chance. */
export function layOutFunnel({ points, unit }: FunnelPicture, width: number, measure: Measure): Drawing {
  const names = legend(
    [
      { name: 'Schools', sign: markSign('dot', 0) },
      { name: '95 % limits', sign: lineSign('quiet', NARROW) },
      { name: '99.8 % limits', sign: lineSign('quiet', WIDE) },
    ],
    width, 0, measure,
  )
  const upTicks = ticksTo(Math.max(1, ...points.flatMap(({ y, outer }) => [y, outer[1]])), false)
  const plot = plotBelow(names.bottom, upTicks.map((tick) => shown(unit, tick)), width, measure)
  const up = scaleUp(plot, upTicks, (tick) => shown(unit, tick))
  const along = scaleAlong(plot, ticksTo(Math.max(0, ...points.map(({ x }) => x)), false, 8), (tick) => tick.toLocaleString('en-GB'))
  const sorted = [...points].sort((a, b) => a.x - b.x)
  const limit = (of: (p: (typeof points)[number]) => number, dash: readonly number[]): Shape => ({ kind: 'line', points: sorted.map((p) => [along.at(p.x), up.at(of(p))]), colour: 'quiet', width: 1, dash })
  const at = sorted.map((p): XY => [along.at(p.x), up.at(p.y)])
  return {
    width,
    height: plot.bottom + 2 * LINE + 8,
    shapes: [
      ...names.shapes, ...up.shapes, ...along.shapes,
      { kind: 'line', points: [[plot.left, up.at(1)], [plot.right, up.at(1)]], colour: 'ink', width: 0.8 },
      limit((p) => p.inner[0], NARROW), limit((p) => p.inner[1], NARROW), limit((p) => p.outer[0], WIDE), limit((p) => p.outer[1], WIDE),
      ...at.map(([x, y]): Shape => ({ kind: 'mark', x, y, form: 'dot', series: 0 })),
      ...labelsBeside(at, sorted.map((p) => p.label), plot, measure),
      unitBelow(plot, 'cases expected'),
    ],
  }
}

interface Box { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
const apart = (a: Box, b: Box): boolean => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top

/** Each label beside its point, where it covers no other and stays in the plot; where there is no room it is left to the table. */
export function labelsBeside(points: readonly XY[], labels: readonly string[], plot: Plot, measure: Measure): Shape[] {
  const taken: Box[] = points.map(([x, y]) => ({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 }))
  return points.flatMap(([x, y], i): Shape[] => {
    const wide = measure(labels[i]!, WORDS)
    const lefts = [[x - wide / 2, y - LINE - 4], [x - wide / 2, y + 4], [x + 6, y - LINE / 2], [x - 6 - wide, y - LINE / 2]] as const
    const boxes = lefts.map(([left, top]): Box => ({ left, right: left + wide, top, bottom: top + LINE }))
    const free = boxes.find((box) => box.left >= plot.left && box.right <= plot.right + 16 && box.top >= plot.top - LINE && box.bottom <= plot.bottom && taken.every((t) => apart(box, t)))
    if (!free) return []
    taken.push(free)
    return [{ kind: 'text', x: free.left, y: free.top, words: labels[i]!, anchor: 'start', plate: true }]
  })
}

/** Points in the order of time, their mean, the limits of ordinary variation, and the signals. */
export function layOutControl({ points, mean, lower, upper, unit }: ControlPicture, width: number, measure: Measure): Drawing {
  const names = legend(
    [
      { name: `Cases ${unit}`, sign: lineSign(0) },
      { name: 'Mean', sign: lineSign('quiet') },
      { name: 'Limits of ordinary variation', sign: lineSign('quiet', WIDE) },
      { name: 'Signal', sign: markSign('diamond', 1) },
    ],
    width, 0, measure,
  )
  const ticks = ticksTo(Math.max(upper, ...points.map(({ value }) => value)), false)
  const plot = plotBelow(names.bottom, ticks.map((tick) => shown(unit, tick)), width, measure)
  const up = scaleUp(plot, ticks, (tick) => shown(unit, tick))
  const below = labelsBelow(plot, points.map(({ label }) => label), measure)
  const across = (value: number, dash: readonly number[]): Shape => ({ kind: 'line', points: [[plot.left, up.at(value)], [plot.right, up.at(value)]], colour: 'quiet', width: 1, dash })
  const at = points.map(({ value }, i): XY => [below.at(i), up.at(value)])
  return {
    width,
    height: plot.bottom + LINE + 6,
    shapes: [
      ...names.shapes, ...up.shapes, ...below.shapes,
      across(mean, []), across(upper, WIDE), across(lower, WIDE),
      { kind: 'line', points: at, colour: 0, width: 1.2 },
      ...points.map(({ signal }, i): Shape => ({ kind: 'mark', x: at[i]![0], y: at[i]![1], form: signal ? 'diamond' : 'dot', series: signal ? 1 : 0 })),
    ],
  }
}
