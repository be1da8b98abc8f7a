import { streamId, type Command, type StreamId } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { RefusedError } from '../recorder/errors'
import type { Recorder } from '../recorder/recorder'
import { Turns } from '../recorder/turns'
import { casesOf } from './cases'
import { ChildIds } from './child-ids'
import { differenceOf, type Difference } from './difference'
import { ImportedHistory } from './history'
import { SourceIds } from './ids'
import type { Mapping } from './mapping-schema'
import { CasePlan } from './plan'
import { readCsv, type ImportProblem } from './read-csv'
import { Tally, type ImportResult } from './result'
import { columnOf } from './wanted'

export interface ImportPorts {
  readonly recorder: Recorder
  readonly store: EventStore
  readonly vault: Vault
}

type Mode = ImportResult['mode']
type Progress = (done: number, total: number) => void

/** So many cases at once: their syncs to the disk are shared. */
const AT_ONCE = 8

/** Errors about one case, to be reported with it; any other ends the import. */
const OF_ONE_CASE: readonly string[] = ['child-erased', 'conflicting-references', 'duplicate-event', 'id-clash', 'wrong-expected-revision']

/** Imports a file, or says what importing it would do. The unit is the case: all that its rows say is recorded, or nothing. */
export async function importFile(
  ports: ImportPorts,
  csv: string,
  mapping: Mapping,
  mode: Mode,
  recordedBy: string,
  progress: Progress = () => undefined,
): Promise<ImportResult> {
  const file = await readCsv(csv, mapping)
  const { cases, problems } = casesOf(mapping, file.rows)
  const ids = new SourceIds(await ports.vault.idMaker(), mapping.source)
  const run = new ImportRun(ports, mapping, ids, mode, recordedBy)
  run.tally.note([...file.problems, ...problems])
  const queue = cases.values()
  let done = 0
  const worker = async () => {
    for (const rows of queue) {
      await run.take(new CasePlan(mapping, ids, rows))
      progress(++done, cases.length)
      await nextTurn()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const gone = file.rows.length === 0 ? [] : await run.casesGone(new Set(cases.map((c) => ids.case(c.key))))
  return run.tally.result(mode, file.rows.length, gone)
}

class ImportRun {
  readonly tally = new Tally()
  private readonly schools = new Turns()

  constructor(
    private readonly ports: ImportPorts,
    private readonly mapping: Mapping,
    private readonly ids: SourceIds,
    private readonly mode: Mode,
    private readonly recordedBy: string,
  ) {}

  async take(plan: CasePlan): Promise<void> {
    const stream = streamId('case', plan.caseId)
    const history = await ImportedHistory.read(this.ports.store, this.ports.vault, stream, this.mapping.source)
    const children = await ChildIds.of(plan.children, history, this.ports.vault, this.ids, this.mapping)
    const first = plan.facts(children.idOf)
    if (first.problems.length > 0) return this.tally.leftOut(first.problems)
    let difference = differenceOf(this.ids, first.facts, history, this.mapping.acts)
    try {
      let commands = await this.inAnOrderThatHolds(stream, plan, difference, children.toBe)
      if (this.mode === 'import' && commands.length > 0) {
        if (await children.make()) {
          difference = differenceOf(this.ids, plan.facts(children.idOf).facts, history, this.mapping.acts)
          commands = await this.inAnOrderThatHolds(stream, plan, difference, children.toBe)
        }
        await this.record(stream, plan, commands)
      }
      this.tally.taken(plan.caseId, difference)
    } catch (error) {
      const problem = problemOf(error, plan, difference, this.mapping)
      if (!problem) throw error
      this.tally.leftOut([problem])
    }
  }

  /** Cases that came from this source and are in the history, but not in the file. */
  async casesGone(inFile: ReadonlySet<string>): Promise<string[]> {
    const gone: string[] = []
    for (const id of await this.ports.vault.imported(this.mapping.source))
      if (!inFile.has(id) && (await this.ports.store.readStream(streamId('case', id))).length > 0) gone.push(id)
    return gone
  }

  private async record(stream: StreamId, plan: CasePlan, commands: readonly Command[]): Promise<void> {
    const { vault, recorder } = this.ports
    await this.nameSchoolAndPlaces(plan)
    await vault.noteImported(this.mapping.source, plan.caseId)
    await recorder.record(stream, commands, this.optionsFor(plan))
  }

  /** Cases of one school share its facts: one after the other. */
  private nameSchoolAndPlaces(plan: CasePlan): Promise<void> {
    const stream = streamId('school', plan.schoolId!)
    return this.schools.inTurn(stream, async () => {
      const history = await ImportedHistory.read(this.ports.store, this.ports.vault, stream, this.mapping.source)
      const { steps } = differenceOf(this.ids, plan.schoolFacts, history, 'none')
      if (steps.length > 0)
        await this.ports.recorder.record(
          stream,
          steps.map((s) => s.command),
          this.optionsFor(plan),
        )
    })
  }

  /** The commands, the changed ones turned round where one change needs another to come first. Throws the first refusal if none helps. */
  private async inAnOrderThatHolds(
    stream: StreamId,
    plan: CasePlan,
    { steps }: Difference,
    childrenToBe: readonly string[],
  ): Promise<Command[]> {
    const awaited = new Set([...childrenToBe, ...plan.schoolFacts.flatMap(({ command }) => [plan.schoolId!, String(command.data.place)])])
    let commands = steps.map((s) => s.command)
    let refusal: unknown
    for (let tries = 0; tries <= steps.filter((s) => s.command.supersedes !== undefined).length; tries++) {
      try {
        if (commands.length > 0) await this.ports.recorder.couldRecord(stream, commands, this.optionsFor(plan), awaited)
        return commands
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error
        refusal ??= error
        commands = [...commands.filter((_, i) => i !== error.index), commands[error.index]!]
      }
    }
    throw refusal
  }

  private optionsFor(plan: CasePlan) {
    return { recordedBy: this.recordedBy, school: plan.schoolId! }
  }
}

/** What kept a case from being recorded, by row and column; undefined where it is not about this case alone. */
function problemOf(error: unknown, plan: CasePlan, { steps }: Difference, mapping: Mapping): ImportProblem | undefined {
  const first = { row: plan.rows.rows[0]!.row, column: mapping.case[0]! }
  if (error instanceof RefusedError) {
    const from = steps[error.index]?.from?.from
    const place = from ? { row: from.row.row, column: columnOf(from, error.refusal.field) } : first
    return { ...place, message: error.message }
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return OF_ONE_CASE.includes(code) ? { ...first, message: (error as Error).message } : undefined
}
