import { poissonScan } from '@circumspect/statistics'
import { Chance } from '../../apps/standalone/src/demo/chance'
import { PLANTED } from '../../apps/standalone/src/demo/planted'
import { TRUST } from '../../apps/standalone/src/demo/trust'

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/**
 * How often a corridor with so large a share of a school's incidents, at lesson change, is found as the most likely cluster: of so many
 * schools made up by chance, each with so many incidents.
 */
export function powerOf(share: number, incidents: number, schools: number, seed: number): number {
  const { places, day } = TRUST.find((s) => s.key === PLANTED.corridor.school)!
  const slots = [...new Set(day.map((p) => p.slot))]
  const lasting = slots.map((slot) => day.filter((p) => p.slot === slot).reduce((sum, p) => sum + minutes(p.to) - minutes(p.from), 0))
  const exposure = places.map((p) => lasting.map((m) => m * p.capacity))
  const cells = Object.fromEntries(exposure.flatMap((row, i) => row.map((weight, j) => [`${i} ${j}`, weight])))
  const planted = [places.findIndex((p) => p.key === PLANTED.corridor.place), slots.indexOf(PLANTED.corridor.slot)] as const
  const chance = new Chance(seed)
  let found = 0
  for (let n = 0; n < schools; n++) {
    const counts = exposure.map((row) => row.map(() => 0))
    for (let k = 0; k < incidents; k++) {
      const [i, j] = chance.is(share) ? planted : (chance.weighted(cells).split(' ').map(Number) as [number, number])
      counts[i]![j]!++
    }
    const [first] = poissonScan({ places: places.map((p) => ({ id: p.key })), slots, counts, exposure }, { seed: 1 }).clusters
    if (first && first.p <= 0.05 && first.places.includes(PLANTED.corridor.place) && first.slots.includes(PLANTED.corridor.slot)) found++
  }
  return found / schools
}
