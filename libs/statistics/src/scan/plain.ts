import { poissonLlr } from './likelihood'
import type { Maxima } from './maxima'

/**
 * The maxima by the plain loop: every window of every replicate counted cell by cell and its ratio taken from the formula. It is what
 * the fast search is checked against and measured by.
 */
export const plainMaxima: Maxima = (windows, total, simulate, replicates, random) => {
  const { sets, spans, slots, expected } = windows
  const cells = new Int32Array(windows.places * slots)
  return Float64Array.from({ length: replicates }, () => {
    simulate(cells, random)
    let max = 0
    sets.forEach(({ members }, set) => {
      spans.forEach(({ from, to }, span) => {
        let cases = 0
        for (const place of members) for (let slot = from; slot < to; slot++) cases += cells[place * slots + slot]!
        const e = expected[set * spans.length + span]!
        if (e > 0) max = Math.max(max, poissonLlr(cases, e, total))
      })
    })
    return max
  })
}
