import {
  emptyState,
  evolve,
  idsIn,
  linkNow,
  livingOf,
  parseStream,
  replay,
  streamId,
  type Command,
  type Context,
  type StreamId,
  type StreamState,
} from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'

/** What a decision may know beyond its stream, looked up for the commands at hand. */
export class ContextReader {
  private readonly schools = new Map<string, StreamState>()

  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
  ) {}

  async contextFor(stream: StreamId, school: string, commands: readonly Command[], now: string, recordedBy: string): Promise<Context> {
    const refers = commands.flatMap((c) => idsIn(c.type, c.data).refers)
    const idsOf = (of: string) => [...new Set(refers.filter((r) => r.of === of).map((r) => r.id))]
    const schoolIds = [...new Set([school, ...idsOf('school')])]
    const states = new Map<string, StreamState>()
    for (const id of schoolIds) states.set(id, await this.school(id))
    const children = await this.those(idsOf('child'), (id) => this.vault.knowsChild(id))
    // A school reviews its own cases.
    const cases = await this.those(idsOf('case'), async (id) => (await this.store.readStream(streamId('case', id)))[0]?.school === school)
    const canonical = new Map<string, string>()
    if (commands.some((c) => c.type === 'child-linked')) for (const id of idsOf('child')) canonical.set(id, await this.canonicalChild(id))
    const places = new Set([...states.values()].flatMap(placesOf))
    return {
      now,
      recordedBy,
      school,
      subject: parseStream(stream).id,
      isSchool: (id) => (states.get(id)?.revision ?? -1) >= 0,
      isPlace: (id) => places.has(id),
      isChild: (id) => children.has(id),
      isCase: (id) => cases.has(id),
      canonicalChild: (id) => canonical.get(id) ?? id,
    }
  }

  /** A school as it stands, read on from where it was read last. */
  private async school(id: string): Promise<StreamState> {
    const known = this.schools.get(id) ?? emptyState
    const state = (await this.store.readStream(streamId('school', id), known.revision + 1)).reduce(evolve, known)
    if (state.revision >= 0) this.schools.set(id, state)
    return state
  }

  private async those(ids: readonly string[], known: (id: string) => Promise<boolean>): Promise<Set<string>> {
    const found = new Set<string>()
    for (const id of ids) if (await known(id)) found.add(id)
    return found
  }

  private async canonicalChild(id: string): Promise<string> {
    const seen = new Set<string>()
    let child = id
    for (let next: string | undefined = id; next !== undefined && !seen.has(next);) {
      child = next
      seen.add(child)
      next = linkNow(replay(await this.store.readStream(streamId('child', child))))
    }
    return child
  }
}

const placesOf = (school: StreamState): string[] => livingOf(school, 'place-named').map((f) => f.data.place)
