import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { measureAppend } from './append'
import { FeedGenerator } from './generator'
import { measureKafka } from './kafka'
import { MemoryWatch } from './memory'
import { compareProjection, loadViews } from './projection'
import { measureLatency } from './latency'
import { measureGrowth, measureReports } from './questions'
import { measureAgainstPostgres } from './rival'
import { measurePages } from './pages'
import { measureScan } from './scan'
import { figure, SECTIONS, type Measured, type Results, type Section } from './table'
import type { ReportName } from '@circumspect/views'
import { BATCH, openViews, type Programs } from './views'

export type Say = (line: string) => void

const GIBIBYTE = 2 ** 30
const LATENCY_SECONDS = 30

/** The medians of one school, by report. */
type OneSchool = ReadonlyMap<ReportName, number>

export interface BenchOptions {
  readonly sizes: readonly number[]
  readonly programs: Programs
  readonly say: Say
  /** How long events come in while the time to a figure is taken, seconds. */
  readonly seconds?: number
  /** Given what there is after each size. */
  readonly keep?: (all: readonly Results[]) => void
  /** Nothing but these sections; all where not given. */
  readonly only?: readonly Section[] | undefined
}

/** Runs every size after the other and says how it goes. */
export async function runBench({ sizes, programs, say, seconds = LATENCY_SECONDS, keep = () => undefined, only = SECTIONS }: BenchOptions): Promise<Results[]> {
  const all: Results[] = []
  let smaller: OneSchool | undefined
  for (const cases of sizes) {
    const directory = mkdtempSync(join(tmpdir(), 'circumspect-bench-'))
    try {
      const { results, oneSchool } = await runSize({ cases, directory, programs, smaller, say, seconds, only })
      all.push(results)
      keep(all)
      smaller = oneSchool
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  }
  return all
}

interface Run {
  readonly cases: number
  readonly directory: string
  readonly programs: Programs
  readonly smaller: OneSchool | undefined
  readonly say: Say
  readonly seconds: number
  readonly only: readonly Section[]
}

/** Sections that ask the views when everything has been taken in. */
const ON_VIEWS: readonly Section[] = ['projection', 'latency', 'reports', 'growth', 'pages', 'postgresql', 'memory']

async function runSize(run: Run): Promise<{ results: Results; oneSchool: OneSchool | undefined }> {
  const { cases, directory, programs, say, only } = run
  const start = performance.now()
  const measured: Measured[] = []
  const add = (lines: readonly Measured[]) => {
    measured.push(...lines)
    for (const { what, figure, against, reached } of lines) say(`${what}: ${figure}, against ${against}${reached === false ? '  FALLING SHORT' : ''}`)
  }
  say(`${cases.toLocaleString('en-GB')} cases`)
  if (only.includes('scan')) add(measureScan())
  if (only.includes('append')) add(await measureAppend(directory, Math.min(1000, cases)))
  const generator = new FeedGenerator(cases)
  const oneSchool = only.some((section) => ON_VIEWS.includes(section)) ? await onViews(run, generator, add) : undefined
  const events = generator.position
  if (only.includes('kafka')) add(await measureKafka(cases, directory, programs))
  const results = { cases, events, schools: generator.schools.length, machine: machine(), seconds: (performance.now() - start) / 1000, measured }
  return { results, oneSchool }
}

async function onViews({ cases, directory, programs, smaller, say, seconds, only }: Run, generator: FeedGenerator, add: (lines: readonly Measured[]) => void): Promise<OneSchool | undefined> {
  const views = await openViews(directory, programs.engine)
  const memory = new MemoryWatch(() => [process.pid, views.engine.pid()])
  try {
    if (only.includes('projection')) add(await compareProjection(views, new FeedGenerator(Math.min(cases, 6000), 2).batches(BATCH), directory, programs.engine))
    let said = Date.now()
    add(
      await loadViews(views, generator, (events) => {
        if (Date.now() - said < 15_000) return
        said = Date.now()
        say(`  ${events.toLocaleString('en-GB')} events taken in`)
      }),
    )
    if (only.includes('latency')) add(await measureLatency(views, generator, directory, seconds))
    let oneSchool: OneSchool | undefined
    if (only.includes('reports') || only.includes('growth')) {
      const { measured: reports, oneSchool: medians } = await measureReports(views, generator)
      add(reports)
      add(await measureGrowth(views, generator, medians, smaller))
      oneSchool = medians
    }
    if (only.includes('pages')) add(await measurePages(views, generator, directory))
    if (only.includes('postgresql')) add(await measureAgainstPostgres(views, generator, say))
    memory.stop()
    if (only.includes('memory')) add([memoryLine(memory.peak)])
    return oneSchool
  } finally {
    memory.stop()
    await views.stop()
  }
}

function memoryLine(peak: number | undefined): Measured {
  const about = { section: 'memory', what: 'peak memory of all processes together', against: 'proportional set size, every 250 ms, PostgreSQL excluded', aim: '< 2 GiB' } as const
  return peak === undefined ? { ...about, figure: 'not measured: only Linux tells' } : { ...about, figure: `${figure(peak / GIBIBYTE)} GiB`, reached: peak < 2 * GIBIBYTE }
}

const machine = () => `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / GIBIBYTE)} GiB, Node ${process.versions.node}, load at the end ${loadavg()[0]!.toFixed(1)}`
