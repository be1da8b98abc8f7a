import { toFeedEvent } from '@circumspect/domain'
import { SqliteEventStore } from '@circumspect/event-store'
import { REPORT_NAMES, type ReportResult } from '@circumspect/views'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { expectEqual } from '../reference/compare'
import { Chance } from '../../apps/standalone/src/demo/chance'
import { referenceReports } from '../reference/reports'
import { RunningProgram } from '../support/program'
import { until } from '../support/service'

const MAPPING: unknown = JSON.parse(readFileSync('test/fixtures/made-up-mapping.json', 'utf8'))
const CASES = 60

/** A made-up file: two children a case, three schools, four places. */
function madeUpFile(): string {
  const head = 'case,school,day,time,place,what,child,role,sex'
  const rows = Array.from({ length: CASES }, (_, n) => {
    const common = `${n},School ${n % 3},2026-0${1 + (n % 6)}-1${n % 9},10:${10 + (n % 40)},Corridor ${n % 4},${n % 5 === 0 ? 'upskirting' : 'physical'}`
    return [`${common},a${n % 7},alleged-perpetrator,M`, `${common},b${n % 5},alleged-victim,F`]
  })
  return [head, ...rows.flat()].join('\n')
}

/**
 * Imports a file into the real service and, in the middle of it, kills the engine or everything at once, so many times; then lets it
 * finish. Afterwards the views equal a plain reading of the history, the history is whole, and every case is there once.
 */
export async function survive(seed: number, blows: number): Promise<void> {
  const chance = new Chance(seed)
  const program = new RunningProgram()
  const body = { csv: madeUpFile(), mapping: MAPPING, mode: 'import' }
  try {
    await program.start()
    for (let blow = 0; blow < blows; blow++) {
      await program.ask('/api/imports', body)
      await sleep(chance.whole(50, 900))
      if (chance.is(0.5)) process.kill(await program.enginePid(), 'SIGKILL')
      else {
        await program.killGroup()
        await program.start()
      }
    }
    const { id } = (await (await program.ask('/api/imports', body)).json()) as { id: string }
    await until('the import is done', async () => ((await (await program.ask(`/api/imports/${id}`)).json()) as { state: string }).state === 'done')
    await program.caughtUp()
    const answers = new Map<string, ReportResult>()
    for (const name of REPORT_NAMES) answers.set(name, (await (await program.ask(`/api/reports/${name}`)).json()) as ReportResult)
    await program.stop()
    const { code, output } = await program.run('verify')
    expect(code, output).toBe(0)
    await compare(program.directory, answers, seed)
  } finally {
    await program.end()
  }
}

async function compare(directory: string, answers: ReadonlyMap<string, ReportResult>, seed: number): Promise<void> {
  const store = new SqliteEventStore(join(directory, 'history.db'))
  const events = (await store.readAll(0, 100_000)).map(toFeedEvent)
  await store.close()
  expect(events.filter((e) => e.type === 'disclosure-made')).toHaveLength(CASES)
  const { request, at } = answers.get('hotspots')!
  const wanted = referenceReports(events, { schools: request.schools, today: at.slice(0, 10) })
  for (const [name, answer] of answers) expectEqual(answer, wanted[name]!, `seed ${seed}`)
}
