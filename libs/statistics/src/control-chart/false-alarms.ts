import { dpois, ppois } from 'lib-r-math.js'
import { ArgumentError, requirePositive } from '../argument-error'
import { type Random, seededRandom } from '../chance'
import type { ChartRules } from './signals'
import { xmrChart } from './xmr'

/** Share of charts of pure chance that show at least one signal, with the Monte Carlo error of that share. */
export interface FalseAlarms {
  share: number
  se: number
}

export interface FalseAlarmQuestion {
  /** Expected count per period. */
  mean: number
  /** Periods on the chart. */
  points: number
  /** Charts drawn; 2000 gives the share to about one in a hundred. */
  replicates?: number
  seed: number
  rules?: Partial<ChartRules>
}

/** Below about so many a period, on average, chance alone raises so many signals that a longer period (or days between) serves better. */
export const FEWEST_PER_PERIOD = 5

const LARGEST_MEAN = 1e5

/**
 * How often a chart of nothing but chance would show a signal all the same: independent Poisson counts of one mean, drawn from the seed,
 * charted by xmrChart with the same rules. The same question gives the same answer. Refuses a mean that is not above zero (or above
 * 100,000), and points or replicates that are not whole numbers of one or more.
 */
export function falseAlarms({ mean, points, replicates = 2000, seed, rules = {} }: FalseAlarmQuestion): FalseAlarms {
  requirePositive('mean', mean)
  if (mean > LARGEST_MEAN) throw new ArgumentError('mean', `must be at most ${LARGEST_MEAN}, not ${mean}`)
  requireNumber('points', points)
  requireNumber('replicates', replicates)
  const draw = poissonSampler(mean, seededRandom(seed))
  let alarms = 0
  for (let replicate = 0; replicate < replicates; replicate++) {
    const chart = xmrChart(Array.from({ length: points }, draw), rules)
    if (chart.points.some((point) => point.signals.length > 0)) alarms++
  }
  const share = alarms / replicates
  return { share, se: Math.sqrt((share * (1 - share)) / replicates) }
}

/** Poisson counts by inversion of the distribution function, tabled as far as a draw of 53 bits can reach. */
function poissonSampler(mean: number, random: Random): () => number {
  const reach = 9 * Math.sqrt(mean) + 40
  const least = Math.max(0, Math.floor(mean - reach))
  const table: number[] = []
  let sum = least > 0 ? ppois(least - 1, mean) : 0
  for (let count = least; count <= mean + reach; count++) table.push((sum += dpois(count, mean)))
  return () => {
    const drawn = random.real()
    let from = 0
    let to = table.length - 1
    while (from < to) {
      const middle = (from + to) >>> 1
      if (table[middle]! <= drawn) from = middle + 1
      else to = middle
    }
    return least + from
  }
}

function requireNumber(argument: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) throw new ArgumentError(argument, `must be a whole number, one or more, not ${value}`)
}
