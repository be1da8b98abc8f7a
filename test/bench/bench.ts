import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { measureAppend } from './append'
import { FeedGenerator } from './generator'
import { MemoryWatch } from './memory'
import { compareProjection, loadViews } from './projection'
import { measureLatency } from './latency'
import { measureGrowth, measureReports } from './questions'
import { asMarkdown, figure, type Measured, type Results } from './table'
import type { ReportName } from '@circumspect/views'
import { BATCH, openViews } from './views'

export type Say = (line: string) => void

const GIBIBYTE = 2 ** 30
const LATENCY_SECONDS = 20

/** The medians of one school, by report. */
type OneSchool = ReadonlyMap<ReportName, number>

/** Runs every size after the other, says how it goes and what came of it, and writes it to test-results. */
export async function runBench(sizes: readonly number[], childScript: string, say: Say): Promise<Results[]> {
  const all: Results[] = []
  let smaller: OneSchool | undefined
  for (const cases of sizes) {
    const directory = mkdtempSync(join(tmpdir(), 'circumspect-bench-'))
    try {
      const { results, oneSchool } = await runSize(cases, directory, childScript, smaller, say)
      all.push(results)
      smaller = oneSchool
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  }
  const table = all.map(asMarkdown).join('\n')
  mkdirSync('test-results', { recursive: true })
  writeFileSync('test-results/bench.json', JSON.stringify(all, null, 2))
  writeFileSync('test-results/bench.md', table)
  process.stdout.write(`\n${table}\n`)
  return all
}

async function runSize(cases: number, directory: string, childScript: string, smaller: OneSchool | undefined, say: Say): Promise<{ results: Results; oneSchool: OneSchool }> {
  const start = performance.now()
  const measured: Measured[] = []
  const add = (lines: readonly Measured[]) => {
    measured.push(...lines)
    for (const { what, figure, against, reached } of lines) say(`${what}: ${figure}, against ${against}${reached === false ? '  FALLING SHORT' : ''}`)
  }
  say(`${cases.toLocaleString('en-GB')} cases`)
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
    const { measured: reports, oneSchool } = await measureReports(views.reports, generator)
    add(reports)
    add(await measureGrowth(views.reports, generator, oneSchool, smaller))
    const events = generator.position
    add(await measureLatency(views, generator, directory, LATENCY_SECONDS))
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
