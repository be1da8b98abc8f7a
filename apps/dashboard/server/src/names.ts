import { emptyState, evolve, livingOf, replay, streamId, type StoredEvent, type StreamState } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import type { Column, ReportResult, Table } from '@circumspect/views'

export interface PlaceName {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly setting: string
}

export interface SchoolName {
  readonly id: string
  readonly name: string
  readonly phase: string
  /** The trust it belongs to, as last described. */
  readonly trust?: { readonly id: string; readonly name: string }
  readonly places: readonly PlaceName[]
}

/** Was an event recorded by this instant, ISO 8601? Every one was, where none is given. */
export const isKnownAt =
  (instant: string | undefined) =>
  ({ recordedAt }: StoredEvent): boolean =>
    instant === undefined || Date.parse(recordedAt) <= Date.parse(instant)

/** What schools and places are called. Names are text: they come from the history, opened with the vault, never from the views. */
export class Names {
  private readonly schools = new Map<string, StreamState>()
  private readonly isKnown: (event: StoredEvent) => boolean

  /** @param knownAt what was recorded after this instant is left out; ISO 8601 */
  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
    knownAt?: string,
  ) {
    this.isKnown = isKnownAt(knownAt)
  }

  private async stateOf(id: string): Promise<StreamState> {
    const stream = streamId('school', id)
    let state = this.schools.get(id) ?? emptyState
    for (const event of (await this.store.readStream(stream, state.revision + 1)).filter(this.isKnown)) state = evolve(state, await this.vault.open(stream, event))
    this.schools.set(id, state)
    return state
  }

  /** The trust a school is of, as last described. */
  async trust(id: string): Promise<string | undefined> {
    return (await this.school(id)).trust?.id
  }

  async school(id: string): Promise<SchoolName> {
    const state = await this.stateOf(id)
    const described = livingOf(state, 'school-registered', 'school-described')
      .sort((a, b) => (a.data.from < b.data.from ? -1 : 1))
      .at(-1)
    const places = new Map<string, PlaceName>()
    for (const { data } of livingOf(state, 'place-named', 'place-changed'))
      places.set(data.place, {
        id: data.place,
        name: data.name ?? 'Name erased',
        kind: data.kind,
        setting: data.setting,
      })
    const { trust, trustName = 'Name not known' } = described?.data ?? {}
    return {
      id,
      name: described?.data.name ?? 'Name not known',
      phase: described?.data.phase ?? '',
      ...(trust !== undefined && { trust: { id: trust, name: trustName } }),
      places: [...places.values()],
    }
  }

  /** What the actions of these reviews are, by their ids. */
  async actions(reviews: readonly string[]): Promise<Map<string, string>> {
    const names = new Map<string, string>()
    for (const id of reviews) {
      const stream = streamId('review', id)
      const opened = await Promise.all((await this.store.readStream(stream)).filter(this.isKnown).map((event) => this.vault.open(stream, event)))
      for (const { data } of livingOf(replay(opened), 'action-agreed')) names.set(data.action, data.what ?? 'Words erased')
    }
    return names
  }

  /** Names by id, of these schools and their places. */
  async byId(schools: readonly string[]): Promise<Map<string, string>> {
    const names = new Map<string, string>()
    for (const id of schools) {
      const { name, places } = await this.school(id)
      names.set(id, name)
      for (const place of places) names.set(place.id, place.name)
    }
    return names
  }

  /** What these children are called, by their ids; an erased or unnamed child is left out. */
  async children(ids: Iterable<string>): Promise<Map<string, string>> {
    const names = new Map<string, string>()
    for (const id of ids) {
      const name = (await this.vault.details(id))?.name
      if (name !== undefined) names.set(id, name)
    }
    return names
  }
}

/** The reviews whose actions a report speaks of. */
export const reviewsIn = ({ tables }: Pick<ReportResult, 'tables'>): string[] => [
  ...new Set(tables.flatMap(({ columns, rows }) => valuesOf('review', columns, rows))),
]

const valuesOf = (ref: Column['ref'], columns: Table['columns'], rows: Table['rows']): string[] =>
  columns.filter((c) => c.ref === ref).flatMap(({ key }) => rows.flatMap((row) => (typeof row[key] === 'string' ? [row[key]] : [])))

/** Ids in braces, as a finding has them. */
export const withNames = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replace(/\{([0-9a-f-]{36})\}/g, (_, id: string) => names.get(id) ?? 'one without a name')
