import type { Cluster, EmergingCluster, HotSpot } from '@circumspect/statistics'
import type { Assumption, Finding } from '../../report'
import { counted, list, nameOf, round, times } from '../words'
import type { SchoolGrid } from './grid'

const SLOTS: Readonly<Record<string, string>> = {
  arrival: 'on arrival',
  registration: 'at registration',
  lesson: 'in lessons',
  'lesson-change': 'between lessons',
  break: 'at break',
  lunch: 'at lunch',
  departure: 'on departure',
}
const slotsInWords = (slots: readonly string[], all: number): string => (slots.length === all ? 'throughout the day' : list(slots.map((slot) => SLOTS[slot] ?? slot)))
const placesInWords = (places: readonly string[]): string => list(places.map(nameOf))

const LOOK = 'It is what was reported here: it shows nothing of places that nobody reports from. Look at who is there, who supervises and what can be seen at that time, and ask the children.'

/** How often chance alone gathers so many, by the replicates. */
function chanceOf(p: number, replicates: number): string {
  if (p <= 1 / (replicates + 1)) return `In ${replicates.toLocaleString('en-GB')} shufflings by chance alone nothing gathered as much.`
  return `Chance alone gathers as much somewhere in about ${round(p * 1000, p < 0.01 ? 1 : 0)} of 1,000 shufflings.`
}

export function clusterFinding(grid: SchoolGrid, cluster: HotSpot, first: boolean, replicates: number, how: string): Finding {
  const for_ = grid.exposedTo === 'pupil-minutes' ? 'for the time and the children there' : 'for the time spent there'
  const busier = cluster.tippingMultiplier === null ? '' : ` It would still stand out if ${grid.exposedTo === 'pupil-minutes' ? 'it were' : 'the place were'} up to ${round(cluster.tippingMultiplier, 1)} times as busy as assumed.`
  return {
    code: first ? 'cluster' : 'further-cluster',
    kind: 'stands-out',
    text: `At ${nameOf(grid.school)}, ${placesInWords(cluster.places)} ${slotsInWords(cluster.slots, grid.slots.length)} ${cluster.places.length > 1 ? 'stand' : 'stands'} out ${first ? 'most' : 'too'}: ${counted(cluster.observed, 'incident')} reported where ${round(cluster.expected, cluster.expected < 10 ? 1 : 0)} would be expected ${for_} (${times(cluster.relativeRisk)} the rate elsewhere). ${chanceOf(cluster.p, replicates)}`,
    caution: `${LOOK}${busier}`,
    how,
  }
}

export function interactionFinding(grid: SchoolGrid, cluster: Cluster, replicates: number, how: string): Finding {
  return {
    code: 'interaction',
    kind: 'stands-out',
    text: `At ${nameOf(grid.school)}, ${placesInWords(cluster.places)} ${slotsInWords(cluster.slots, grid.slots.length)} has more than its share: ${counted(cluster.observed, 'incident')} reported where ${round(cluster.expected, 1)} would be expected from the place and the time alone. ${chanceOf(cluster.p, replicates)}`,
    caution: `There is no timetable, so a place where much is reported at all times cannot be found this way. ${LOOK}`,
    how,
  }
}

export function emergingFinding(grid: SchoolGrid, cluster: EmergingCluster, how: string): Finding {
  const weeks = cluster.slots.length
  const years = cluster.recurrenceDays / 365
  return {
    code: 'emerging',
    kind: 'stands-out',
    text: `At ${nameOf(grid.school)}, more has been reported in ${placesInWords(cluster.places)} in the last ${weeks === 1 ? 'week' : `${weeks} weeks`} than before: ${counted(cluster.observed, 'incident')} where ${round(cluster.expected, 1)} would be expected. Chance alone would bring such a rise about once in ${years >= 2 ? `${Math.floor(years)} years` : `${Math.round(cluster.recurrenceDays)} days`}.`,
    caution: 'A rise can be something new happening, or children telling more. Look at the cases of these weeks together.',
    how,
  }
}

export const nothingFound = (schools: readonly SchoolGrid[], how: string): Finding => ({
  code: 'no-cluster',
  kind: 'ordinary',
  text: `No place and time stands out beyond what chance and the time spent there explain${schools.length > 1 ? `, in ${counted(schools.length, 'school')}` : ''}.`,
  caution: 'That does not mean that no place is unsafe: few reports show only strong differences, and a place where nobody tells shows nothing.',
  how,
})

export const tooFew = (grid: SchoolGrid, incidents: number, least: number): Finding => ({
  code: 'few-incidents',
  kind: 'unsure',
  text: `At ${nameOf(grid.school)}, ${counted(incidents, 'incident')} on site ${incidents === 1 ? 'is' : 'are'} known by place and time of day: too few to tell a pattern from chance (at least ${least}).`,
  caution: 'Record the place and the time where they are known, and choose a longer period.',
  how: '',
})

/** What would stand out if every place and slot were taken for the same, where that is something else: the finding rests on the exposure. */
export function withoutExposure(grid: SchoolGrid, found: HotSpot | undefined, flat: HotSpot | undefined): Finding | undefined {
  if (!found) return undefined
  const same = flat && found.places.join() === flat.places.join() && found.slots.join() === flat.slots.join()
  if (same) return undefined
  const where = flat && `${placesInWords(flat.places)}, ${slotsInWords(flat.slots, grid.slots.length)}`
  return {
    code: 'without-exposure',
    kind: 'note',
    text: `At ${nameOf(grid.school)}, ${where === undefined ? 'nothing would stand out' : `${where} would stand out instead`} if every time of the day were taken as equally long and every place as equally full.`,
    caution: 'Check the timetable and the capacity of the places: the finding rests on them.',
    how: '',
  }
}

export const assumption = ({ place, times: busier }: Assumption): Finding => ({
  code: 'assumed',
  kind: 'note',
  text: `Assumed for once: ${nameOf(place)} is ${round(busier, 2)} times as busy as recorded.`,
  caution: 'Nothing is recorded by this. To change it for good, change the capacity of the place.',
  how: '',
})
