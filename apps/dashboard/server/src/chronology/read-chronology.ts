import { childrenOf, definitionOf, replay, streamId, visitLeaves, WITHDRAWAL, type FieldMeta, type StoredEvent, type StreamState } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import type { Names } from '../names'

export interface ChronologyEntry {
  readonly id: string
  readonly type: string
  readonly title: string
  readonly revision: number
  /** The revision of the first entry of the fact: a correction takes its place in the order. */
  readonly place: number
  readonly occurredAt: StoredEvent['occurredAt']
  readonly recordedAt: string
  /** The account that recorded it. */
  readonly recordedBy: string
  /** `holds`: as things stand; `corrected`: replaced by a later entry; `withdrawn`: taken back. */
  readonly state: 'holds' | 'corrected' | 'withdrawn'
  readonly supersedes?: string
  readonly reason?: unknown
  readonly school: string
  readonly data: unknown
  /** What `data` says, leaf by leaf, in the order of its schema. */
  readonly fields: readonly ChronologyField[]
}

export interface ChronologyField {
  /** `behaviours.0`, `rating.before.severity` */
  readonly path: string
  readonly class: FieldMeta['field']
  /** What an id is of; what a measure is in. */
  readonly of?: string
  readonly value: unknown
}

export interface Chronology {
  readonly case: string
  readonly school: string
  readonly revision: number
  /** The children that its records name. */
  readonly children: readonly string[]
  readonly entries: readonly ChronologyEntry[]
  /** What children, schools, places and the accounts that recorded are called, by id. */
  readonly names: Readonly<Record<string, string>>
}

/** Reads cases, their words opened with the vault. Whoever asks has been let through the gate before. */
export class ChronologyReader {
  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
    private readonly names: Names,
  ) {}

  /** Everything recorded in a case, in order, corrections shown as corrections. */
  async read(caseId: string, school: string): Promise<Chronology> {
    const stream = streamId('case', caseId)
    const history = await this.store.readStream(stream)
    const unnamed = chronologyOf(caseId, school, await Promise.all(history.map((event) => this.vault.open(stream, event))))
    const names = await Promise.all([this.names.byId(schoolsIn(unnamed.entries)), this.names.children(unnamed.children), this.recorders(unnamed.entries)])
    return { ...unnamed, names: Object.fromEntries(names.flatMap((map) => [...map])) }
  }

  /** What the accounts that recorded these are called; one without a name, or forgotten since, is left out. */
  private async recorders(entries: readonly ChronologyEntry[]): Promise<Map<string, string>> {
    const recorded = new Set(entries.map(({ recordedBy }) => recordedBy))
    const named = (await this.vault.accounts()).filter(({ id }) => recorded.has(id))
    return new Map(named.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])))
  }
}

/** A case as its events tell it, before anybody is named. */
export function chronologyOf(caseId: string, school: string, opened: readonly StoredEvent[]): Chronology {
  const state = replay(opened)
  const entries = opened.map((event) => entry(state, event))
  return { case: caseId, school, revision: state.revision, children: [...new Set(opened.flatMap(childrenOf))], entries, names: {} }
}

/** The school the case is filed at, and the schools its records speak of. */
const schoolsIn = (entries: readonly ChronologyEntry[]): string[] => [
  ...new Set(entries.flatMap(({ school, fields }) => [school, ...fields.filter((f) => f.of === 'school').map((f) => String(f.value))])),
]

function entry(state: StreamState, event: StoredEvent): ChronologyEntry {
  const fact = state.facts.get(state.factOf.get(event.id)!)!
  const { id, type, revision, occurredAt, recordedAt, recordedBy, supersedes, reason, data } = event
  return {
    id,
    type,
    title: definitionOf(type)!.title,
    revision,
    place: fact.revision,
    occurredAt,
    recordedAt,
    recordedBy,
    school: event.school,
    data,
    fields: fieldsOf(event),
    state: fact.current !== id ? 'corrected' : fact.withdrawn && type !== WITHDRAWAL ? 'withdrawn' : 'holds',
    ...(supersedes !== undefined && { supersedes }),
    ...(reason !== undefined && { reason }),
  }
}

function fieldsOf({ type, data }: StoredEvent): ChronologyField[] {
  const fields: ChronologyField[] = []
  visitLeaves(definitionOf(type)!.data, data, ({ path, meta, value }) => {
    const of = meta.field === 'id' ? meta.of : meta.field === 'measure' ? meta.unit : undefined
    fields.push({ path: path.join('.'), class: meta.field, value, ...(of !== undefined && { of }) })
  })
  return fields
}
