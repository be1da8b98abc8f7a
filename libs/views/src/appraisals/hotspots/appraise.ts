import {
  benjaminiHochberg, empiricalBayes, exactPoisson, poissonScan, prospectivePermutationScan, rateRatio, retrospectivePermutationScan, type HotSpot, type Scan,
} from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition, AppraisalInput } from '../definition'
import { FALSE_SHARE, figure } from '../words'
import daysSql from './days.sql?raw'
import exposureSql from './exposure.sql?raw'
import { assumption, clusterFinding, emergingFinding, interactionFinding, nothingFound, tooFew, withoutExposure } from './findings'
import { gridsOf, weeksOf, type SchoolGrid } from './grid'
import layoutSql from './layout.sql?raw'

const SEED = 1
const REPLICATES = 9999
/** Below so many incidents a scan has no power worth the name. */
const LEAST_INCIDENTS = 10
const MOST_SCHOOLS = 40
/** A rise is named where chance alone brings one less than once a year. */
const LEAST_RECURRENCE_DAYS = 365
const EVERY_DAYS = 7

const HOW = {
  scan: `Poisson scan over place × time slot, conditional on the total (Kulldorff): windows are a place with those next to it in contiguous slots, at most half of the exposure and of the slots; ${REPLICATES.toLocaleString('en-GB')} replicates, seed ${SEED}. Exposure: minutes of the slot by the timetable in force on each school day, times the capacity of the place where every place has one. Over several schools, Benjamini–Hochberg of the first clusters' p.`,
  permutation: `Space-time permutation scan (Kulldorff 2005) over place × time slot: no timetable, so only what place and time do together can be found; ${REPLICATES.toLocaleString('en-GB')} replicates, seed ${SEED}.`,
  emerging: `Prospective space-time permutation scan over place × week, 52 weeks, windows that reach the last week; ${REPLICATES.toLocaleString('en-GB')} replicates, seed ${SEED}; named from a recurrence interval of ${LEAST_RECURRENCE_DAYS} days.`,
}

interface Scanned {
  readonly grid: SchoolGrid
  readonly scan: Scan<HotSpot>
  readonly flat: HotSpot | undefined
}

/** Hot spots: what stands out beyond chance and exposure, what emerges, and each cell with how sure its figure is. */
export const hotspots: AppraisalDefinition = {
  questions: { days: { sql: daysSql }, layout: { sql: layoutSql }, exposure: { sql: exposureSql } },
  appraise({ report, rows, assumed }) {
    const grids = gridsOf(rows.days!, rows.layout!, rows.exposure!, assumed)
    if (grids.length > MOST_SCHOOLS) return { findings: [tooMany(grids.length)], tables: [] }
    const large = grids.filter((g) => totalOf(g) >= LEAST_INCIDENTS)
    const few = grids.filter((g) => totalOf(g) < LEAST_INCIDENTS).map((g) => tooFew(g, totalOf(g), LEAST_INCIDENTS))
    const scanned = large.filter((g) => g.exposedTo !== 'nothing').map(scan)
    const findings = [...clusters(scanned), ...large.filter((g) => g.exposedTo === 'nothing').flatMap(interactions), ...large.flatMap((g) => emerging(g, rows.days!, lastDayOf(report)))]
    const known = assumed.filter((a) => grids.some((g) => g.places.some((p) => p.id === a.place)))
    const any = findings.some((f) => f.kind === 'stands-out')
    return {
      findings: [...known.map(assumption), ...findings, ...(any || large.length === 0 ? [] : [nothingFound(large, HOW.scan)]), ...few],
      tables: scanned.length === 0 ? [] : [clusterTable(scanned), cellTable(scanned)],
    }
  },
}

const totalOf = ({ counts }: SchoolGrid): number => counts.flat().reduce((a, b) => a + b, 0)
const lastDayOf = ({ request, at }: AppraisalInput['report']): string => [request.to ?? '9999', at.slice(0, 10)].sort()[0]!

const inputOf = (grid: SchoolGrid) => ({ places: grid.places, slots: grid.slots, counts: grid.counts })

function scan(grid: SchoolGrid): Scanned {
  const options = { seed: SEED, replicates: REPLICATES }
  const flat = poissonScan({ ...inputOf(grid), exposure: grid.exposure.map((row) => row.map(() => 1)) }, options)
  return { grid, scan: poissonScan({ ...inputOf(grid), exposure: grid.exposure }, options), flat: flat.clusters.find((c) => c.p <= FALSE_SHARE) }
}

/** The first cluster of each school by q over the schools; the others of a school whose first is named by their own p. */
function clusters(scanned: readonly Scanned[]): Finding[] {
  const q = benjaminiHochberg(scanned.map(({ scan }) => scan.clusters[0]?.p ?? 1))
  return scanned.flatMap(({ grid, scan, flat }, i) => {
    const named = q[i]! <= FALSE_SHARE ? scan.clusters.filter((c, rank) => rank === 0 || c.p <= FALSE_SHARE) : []
    const note = withoutExposure(grid, named[0], flat)
    return [...named.map((c, rank) => clusterFinding(grid, c, rank === 0, scan.replicates, HOW.scan)), ...(note ? [note] : [])]
  })
}

function interactions(grid: SchoolGrid): Finding[] {
  const { clusters, replicates } = retrospectivePermutationScan(inputOf(grid), { seed: SEED, replicates: REPLICATES })
  return clusters.filter((c) => c.p <= FALSE_SHARE).map((c) => interactionFinding(grid, c, replicates, HOW.permutation))
}

function emerging(grid: SchoolGrid, days: readonly Row[], lastDay: string): Finding[] {
  const { weeks, counts } = weeksOf(grid.school, grid.places.map((p) => p.id), days, lastDay)
  if (counts.flat().reduce((a, b) => a + b, 0) < LEAST_INCIDENTS) return []
  const { clusters } = prospectivePermutationScan({ places: grid.places, slots: weeks, counts }, { seed: SEED, replicates: REPLICATES }, EVERY_DAYS)
  return clusters.filter((c) => c.recurrenceDays >= LEAST_RECURRENCE_DAYS).map((c) => emergingFinding(grid, c, HOW.emerging))
}

const tooMany = (schools: number): Finding => ({
  code: 'many-schools',
  kind: 'unsure',
  text: `${schools} schools are chosen: more than ${MOST_SCHOOLS} are not scanned at once.`,
  caution: 'Choose one school to see what stands out there.',
  how: '',
})

function clusterTable(scanned: readonly Scanned[]): Table {
  return {
    name: 'clusters',
    title: 'Clusters, the most likely first',
    columns: [
      { key: 'school', label: 'School', ref: 'school' },
      { key: 'place', label: 'Place (the first of the cluster)', ref: 'place' },
      { key: 'places', label: 'Places', unit: 'places' },
      { key: 'slots', label: 'Time slots' },
      { key: 'incidents', label: 'Incidents', unit: 'incidents' },
      { key: 'expected', label: 'Expected', unit: 'incidents' },
      { key: 'relative_risk', label: 'Rate against elsewhere', unit: 'ratio' },
      { key: 'llr', label: 'Log-likelihood ratio', unit: 'llr' },
      { key: 'p', label: 'p', unit: 'p' },
      { key: 'tipping', label: 'Tipping multiplier', unit: 'ratio' },
    ],
    rows: scanned.flatMap(({ grid, scan }) =>
      scan.clusters.slice(0, 5).map((c) => ({
        school: grid.school, place: c.places[0]!, places: c.places.length, slots: c.slots.join(', '), incidents: c.observed, expected: figure(c.expected, 2),
        relative_risk: figure(c.relativeRisk, 2), llr: figure(c.llr, 4), p: figure(c.p, 4), tipping: figure(c.tippingMultiplier, 2),
      })),
    ),
  }
}

/** Cells with an incident: against all other cells of the school, for their exposure. */
function cellTable(scanned: readonly Scanned[]): Table {
  const rows = scanned.flatMap(({ grid }) => cellsOf(grid))
  const q = benjaminiHochberg(rows.map((r) => r.p))
  return {
    name: 'cells',
    title: 'Places and time slots with an incident, against what their exposure lets expect',
    columns: [
      { key: 'school', label: 'School', ref: 'school' },
      { key: 'place', label: 'Place', ref: 'place' },
      { key: 'slot', label: 'Time slot' },
      { key: 'incidents', label: 'Incidents', unit: 'incidents' },
      { key: 'expected', label: 'Expected', unit: 'incidents' },
      { key: 'ratio', label: 'Against expected', unit: 'ratio' },
      { key: 'lower', label: 'from', unit: 'ratio' },
      { key: 'upper', label: 'to', unit: 'ratio' },
      { key: 'shrunk', label: 'Drawn to the mean', unit: 'ratio' },
      { key: 'q', label: 'q-value', unit: 'q' },
    ],
    rows: rows.map(({ p: _, ...row }, i) => ({ ...row, q: figure(q[i]) })),
  }
}

function cellsOf(grid: SchoolGrid) {
  const cells = grid.places.flatMap(({ id }, i) => grid.slots.map((slot, j) => ({ place: id, slot, cases: grid.counts[i]![j]!, exposure: grid.exposure[i]![j]! })))
  const [cases, exposure] = [cells.reduce((sum, c) => sum + c.cases, 0), cells.reduce((sum, c) => sum + c.exposure, 0)]
  const { estimates, overall } = empiricalBayes(cells.map((c) => c.cases), cells.map((c) => c.exposure))
  return cells.flatMap((c, i) => {
    if (c.cases === 0) return []
    const expected = (cases * c.exposure) / exposure
    const { lower, upper } = exactPoisson(c.cases)
    const { p } = rateRatio({ cases: c.cases, exposure: c.exposure }, { cases: cases - c.cases, exposure: exposure - c.exposure }).exact
    return [{
      school: grid.school, place: c.place, slot: c.slot, incidents: c.cases, expected: figure(expected, 2), ratio: figure(c.cases / expected, 2), lower: figure(lower / expected, 2),
      upper: figure(upper / expected, 2), shrunk: figure(estimates[i]!.shrunk / overall, 2), p,
    }]
  })
}
