import type { MatrixPicture, Picture } from '../../../../../web/src/pictures/picture'
import { layOutBars } from './bars'
import { layOutControl, layOutCurve, layOutFunnel } from './lines'
import { LINE, type Drawing, type Measure, type Shape } from './shapes'

/** A picture as lines and words on so wide a piece of paper. The same picture, the same drawing. */
export function layOut(picture: Picture, width: number, measure: Measure): Drawing {
  if (picture.kind === 'bars') return layOutBars(picture, width, measure)
  if (picture.kind === 'curve') return layOutCurve(picture, width, measure)
  if (picture.kind === 'funnel') return layOutFunnel(picture, width, measure)
  if (picture.kind === 'control') return layOutControl(picture, width, measure)
  return layOutMatrix(picture, width)
}

/** A square of figures; who did is down, to whom is across. */
function layOutMatrix({ rows, columns, labels, figures }: MatrixPicture, width: number): Drawing {
  const step = width / (labels.length + 1)
  const high = LINE + 8
  const word = (words: string, column: number, row: number): Shape => ({ kind: 'text', x: step * (column + 0.5), y: row * high + 4, words, anchor: 'middle' })
  const bottom = high * (labels.length + 1)
  const across = Array.from({ length: labels.length + 2 }, (_, i): Shape => ({ kind: 'line', points: [[0, i * high], [width, i * high]], colour: 'line', width: 0.5 }))
  return {
    width,
    height: bottom + LINE + 6,
    shapes: [
      ...across,
      ...labels.map((label, i) => word(label, i + 1, 0)),
      ...labels.flatMap((label, r) => [word(label, 0, r + 1), ...figures[r]!.map((n, c) => word(n.toLocaleString('en-GB'), c + 1, r + 1))]),
      { kind: 'text', x: 0, y: bottom + 3, words: `Down: ${rows}. Across: ${columns}.`, anchor: 'start', quiet: true },
    ],
  }
}
