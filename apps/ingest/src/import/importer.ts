import { replay, streamId, type Command, type StreamId } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import { RefusedError } from '../recorder/errors'
import type { Recorder } from '../recorder/recorder'
import { Turns } from '../recorder/turns'
import { differenceOf, type Difference } from './difference'
import type { Mapping } from './mapping'
import { planCase, type CasePlan, type WantedFact } from './plan'
import { readRows, type ImportProblem, type SourceRow } from './rows'
import { idFrom } from './values'

export interface ImportResult {
  readonly mode: 'preview' | 'import'
  readonly rows: number
  readonly cases: { readonly new: number; readonly changed: number; readonly unchanged: number; readonly leftOut: number }
  readonly facts: { readonly new: number; readonly changed: number; readonly unchanged: number }
  /** What earlier files of this source said and this one does not: nothing is done about it. */
  readonly gone: { readonly cases: readonly string[]; readonly facts: number }
  /** Changes of the file not taken over, because the fact has been corrected or withdrawn here since. */
  readonly keptAsCorrectedHere: number
  readonly problems: readonly ImportProblem[]
}

export interface ImportPorts {
  readonly recorder: Recorder
  readonly store: EventStore
  readonly vault: Vault
}

type Progress = (done: number, total: number) => void

/** So many cases at once: their syncs to the disk are shared. */
const AT_ONCE = 8

/** Imports a file, or says what importing it would do. The unit is the case: all that its rows say is recorded, or nothing. */
export async function importFile(ports: ImportPorts, csv: string, mapping: Mapping, mode: 'preview' | 'import', recordedBy: string, progress: Progress = () => undefined): Promise<ImportResult> {
  const { rows, problems } = readRows(csv, mapping)
  const { plans, unread } = plansOf(mapping, rows)
  const run = new ImportRun(ports, mapping, mode, recordedBy, [...problems, ...unread])
  const queue = [...plans]
  let done = 0
  const worker = async () => {
    for (let plan = queue.shift(); plan; plan = queue.shift()) {
      await run.take(plan)
      progress(++done, plans.length)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return run.result(rows.length, plans)
}

function plansOf(mapping: Mapping, rows: readonly SourceRow[]): { plans: CasePlan[]; unread: ImportProblem[] } {
  const byCase = new Map<string, SourceRow[]>()
  for (const row of rows) {
    const key = row.cells[mapping.case] ?? ''
    byCase.set(key, [...(byCase.get(key) ?? []), row])
  }
  const unread = (byCase.get('') ?? []).map(({ row }) => ({ row, column: mapping.case, message: 'This must not be empty: it says which case the row belongs to.' }))
  byCase.delete('')
  return { plans: [...byCase].map(([key, own]) => planCase(mapping, key, own)), unread }
}

class ImportRun {
  private readonly cases = { new: 0, changed: 0, unchanged: 0, leftOut: 0 }
  private readonly facts = { new: 0, changed: 0, unchanged: 0 }
  private readonly schools = new Turns()
  private goneFacts = 0
  private kept = 0

  constructor(
    private readonly ports: ImportPorts,
    private readonly mapping: Mapping,
    private readonly mode: 'preview' | 'import',
    private readonly recordedBy: string,
    private readonly problems: ImportProblem[],
  ) {}

  async take(plan: CasePlan): Promise<void> {
    const childId = await this.childIds(plan)
    const { facts, problems } = plan.facts(childId)
    if (problems.length > 0) return this.leaveOut(problems)
    try {
      // Cases of one school share its facts: one after the other.
      await this.schools.inTurn(plan.schoolId, () => this.bring(streamId('school', plan.schoolId), plan.school, plan))
      const difference = await this.bring(streamId('case', plan.caseId), facts, plan)
      this.count(difference)
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      this.leaveOut([{ row: plan.rows[0]!.row, column: this.mapping.case, message: error.message }])
    }
  }

  async result(rows: number, plans: readonly CasePlan[]): Promise<ImportResult> {
    const { source } = this.mapping
    const inFile = new Set(plans.map((p) => p.caseId))
    const gone = (await this.ports.vault.imported(source)).filter((id) => !inFile.has(id))
    const problems = this.problems.sort((a, b) => a.row - b.row || (a.column < b.column ? -1 : 1))
    return { mode: this.mode, rows, cases: this.cases, facts: this.facts, gone: { cases: gone, facts: this.goneFacts }, keptAsCorrectedHere: this.kept, problems }
  }

  /** Records what the stream lacks. In a preview, asks only whether it could be. */
  private async bring(stream: StreamId, wanted: readonly WantedFact[], plan: CasePlan): Promise<Difference> {
    const { store, vault, recorder } = this.ports
    const history = await store.readStream(stream)
    const opened = await Promise.all(history.map((event) => vault.open(stream, event)))
    const difference = differenceOf(this.mapping.source, wanted, replay(history), opened)
    if (difference.commands.length === 0) return difference
    const options = { recordedBy: this.recordedBy, school: plan.schoolId }
    if (this.mode === 'preview') await recorder.couldRecord(stream, difference.commands as Command[], options)
    else {
      if (stream.startsWith('case-')) await vault.noteImported(this.mapping.source, plan.caseId)
      await recorder.record(stream, difference.commands as Command[], options)
    }
    return difference
  }

  /** The ids of the children of a case; in a preview, those not known yet get one for the while. */
  private async childIds(plan: CasePlan): Promise<(key: string) => string> {
    const ids = new Map<string, string>()
    for (const key of plan.children) {
      const reference = { issuer: this.mapping.source, scheme: this.mapping.child!.scheme, value: key }
      const found = await this.ports.vault.findChild(reference)
      ids.set(key, found ?? (this.mode === 'import' ? await this.ports.vault.childFor([reference]) : idFrom(this.mapping.source, 'child', key)))
    }
    return (key) => ids.get(key)!
  }

  private count({ added, changed, unchanged, gone, kept }: Difference): void {
    this.facts.new += added
    this.facts.changed += changed
    this.facts.unchanged += unchanged
    this.goneFacts += gone.length
    this.kept += kept.length
    if (changed > 0 || (added > 0 && unchanged > 0)) this.cases.changed++
    else if (added > 0) this.cases.new++
    else this.cases.unchanged++
  }

  private leaveOut(problems: readonly ImportProblem[]): void {
    this.cases.leftOut++
    this.problems.push(...problems)
  }
}
