import { definitionOf, WITHDRAWAL, type DataOf, type EventType } from '../catalogue'
import type { NewEvent } from '../envelope'
import type { IdOf } from '../fields'
import { visitLeaves } from '../leaves'
import { instantsOf, type InstantRange, type OccurredAt } from '../occurred'
import { upcast } from '../upcast'

export interface NamedId {
  readonly of: IdOf
  readonly id: string
  /** `data.incident`, `data.places.0` … */
  readonly field: string
}

/**
 * A fact as it stands now: the content of the last event of its chain, at the place of the first.
 * Texts in `data` may be sealed: no rule reads one.
 */
export interface Fact<T extends EventType = EventType> {
  /** The id of the first event of the fact. */
  readonly id: string
  readonly type: T
  /** The revision of its first event: its place in the order. */
  readonly revision: number
  /** The id of the event that holds now. */
  readonly current: string
  readonly occurredAt: OccurredAt
  readonly data: DataOf<T>
  readonly withdrawn: boolean
  readonly names: readonly NamedId[]
  readonly refers: readonly NamedId[]
}

/** All that is known of one stream, in the order of recording. */
export interface StreamState {
  /** -1 before the first event. */
  readonly revision: number
  /** The school of the first event. */
  readonly school: string | undefined
  /** By the id of the fact's first event, in the order of recording; withdrawn facts included. */
  readonly facts: ReadonlyMap<string, Fact>
  /** Event id → fact id, for every event of the stream. */
  readonly factOf: ReadonlyMap<string, string>
}

export const emptyState: StreamState = { revision: -1, school: undefined, facts: new Map(), factOf: new Map() }

/** The ids an event brings into being and those it refers to. */
export function idsIn(type: string, data: unknown): { names: NamedId[]; refers: NamedId[] } {
  const names: NamedId[] = []
  const refers: NamedId[] = []
  visitLeaves(definitionOf(type)!.data, data, ({ meta, path, value }) => {
    if (meta.field === 'id')
      (meta.use === 'names' ? names : refers).push({ of: meta.of, id: value as string, field: `data.${path.join('.')}` })
  })
  return { names, refers }
}

/** The state after one more event. Events of old versions are upcast. */
export function evolve(state: StreamState, recorded: NewEvent): StreamState {
  const event = upcast(recorded)
  const revision = state.revision + 1
  const facts = new Map(state.facts)
  const factOf = new Map(state.factOf)
  const factId = event.supersedes === undefined ? event.id : (event.original?.id ?? state.factOf.get(event.supersedes) ?? event.id)
  const before = facts.get(factId)
  factOf.set(event.id, factId)
  facts.set(factId, {
    id: factId,
    type: event.type as EventType,
    revision: before?.revision ?? revision,
    current: event.id,
    occurredAt: event.occurredAt,
    data: event.data as Fact['data'],
    withdrawn: before?.withdrawn ?? false,
    ...idsIn(event.type, event.data),
  })
  if (event.type === WITHDRAWAL) markWithdrawn(facts, factOf)
  return { revision, school: state.school ?? event.school, facts, factOf }
}

/**
 * A fact is withdrawn while a withdrawal of it stands that is not itself withdrawn. A withdrawal comes after what it takes
 * back, so going from the last to the first settles each before it is asked.
 */
function markWithdrawn(facts: Map<string, Fact>, factOf: ReadonlyMap<string, string>): void {
  const withdrawn = new Set<string>()
  const withdrawals = [...facts.values()].filter((f) => f.type === WITHDRAWAL) as Fact<'fact-withdrawn'>[]
  for (const w of withdrawals.reverse()) if (!withdrawn.has(w.id)) withdrawn.add(factOf.get(w.data.event) ?? '')
  for (const [id, fact] of facts) if (fact.withdrawn !== withdrawn.has(id)) facts.set(id, { ...fact, withdrawn: withdrawn.has(id) })
}

export const replay = (events: readonly NewEvent[], from: StreamState = emptyState): StreamState => events.reduce(evolve, from)

/** The facts that hold, withdrawals left out, in their order. */
export const living = (state: StreamState): Fact[] => [...state.facts.values()].filter((f) => !f.withdrawn && f.type !== WITHDRAWAL)

/** The facts of one type that hold, in their order. */
export const livingOf = <T extends EventType>(state: StreamState, ...types: T[]): Fact<T>[] =>
  living(state).filter((f) => (types as EventType[]).includes(f.type)) as unknown as Fact<T>[]

/** Does a fact that holds bring this into being? */
export const isNamed = (state: StreamState, of: IdOf, id: string): boolean =>
  living(state).some((f) => f.names.some((n) => n.of === of && n.id === id))

/** Whether the case is closed: its last closing or re-opening that holds. */
export const isClosed = (state: StreamState): boolean => livingOf(state, 'case-closed', 'case-reopened').at(-1)?.type === 'case-closed'

/** The earliest and latest instant of a fact. */
export const when = (fact: { readonly occurredAt: OccurredAt }): InstantRange => instantsOf(fact.occurredAt)
