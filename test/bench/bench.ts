import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { measureAppend } from './append'
import { FeedGenerator } from './generator'
import { MemoryWatch } from './memory'
import { compareProjection, loadViews } from './projection'
import { measureLatency } from './latency'
import { measureGrowth, measureReports } from './questions'
import { measureAgainstPostgres } from './rival'
import { measurePages } from './pages'
import { measureScan } from './scan'
import { figure, type Measured, type Results } from './table'
import type { ReportName } from '@circumspect/views'
import { BATCH, openViews } from './views'

export type Say = (line: string) => void

const GIBIBYTE = 2 ** 30
const LATENCY_SECONDS = 30

/** The medians of one school, by report. */
type OneSchool = ReadonlyMap<ReportName, number>

/**
 * Runs every size after the other and says how it goes. `seconds` is how long events come in while the time to a figure is
 * taken; `keep` is given what there is after each size.
 */
export async function runBench(sizes: readonly number[], childScript: string, say: Say, seconds = LATENCY_SECONDS, keep: (all: readonly Results[]) => void = () => undefined): Promise<Results[]> {
  const all: Results[] = []
  let smaller: OneSchool | undefined
  for (const cases of sizes) {
    const directory = mkdtempSync(join(tmpdir(), 'circumspect-bench-'))
    try {
      const { results, oneSchool } = await runSize({ cases, directory, childScript, smaller, say, seconds })
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
  readonly childScript: string
  readonly smaller: OneSchool | undefined
  readonly say: Say
  readonly seconds: number
}

async function runSize({ cases, directory, childScript, smaller, say, seconds }: Run): Promise<{ results: Results; oneSchool: OneSchool }> {
  const start = performance.now()
  const measured: Measured[] = []
  const add = (lines: readonly Measured[]) => {
    measured.push(...lines)
    for (const { what, figure, against, reached } of lines) say(`${what}: ${figure}, against ${against}${reached === false ? '  FALLING SHORT' : ''}`)
  }
  say(`${cases.toLocaleString('en-GB')} cases`)
  add(measureScan())
  add(await measureAppend(directory, Math.min(1000, cases)))
  const views = await openViews(directory, childScript)
  const memory = new MemoryWatch(() => [process.pid, views.engine.pid()])
  try {
    const sample = new FeedGenerator(Math.min(cases, 6000), 2).batches(BATCH)
    add(await compareProjection(views, sample, directory, childScript))
    const generator = new FeedGenerator(cases)
    let said = Date.now()
    add(
      await loadViews(views, generator, (events) => {
        if (Date.now() - said < 15_000) return
        said = Date.now()
        say(`  ${events.toLocaleString('en-GB')} events taken in`)
      }),
    )
    const events = generator.position
    add(await measureLatency(views, generator, directory, seconds))
    const { measured: reports, oneSchool } = await measureReports(views, generator)
    add(reports)
    add(await measureGrowth(views, generator, oneSchool, smaller))
    add(await measurePages(views, generator, directory))
    add(await measureAgainstPostgres(views, generator, say))
    memory.stop()
    add([memoryLine(memory.peak)])
    const results = { cases, events, schools: generator.schools.length, machine: machine(), seconds: (performance.now() - start) / 1000, measured }
    return { results, oneSchool }
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
