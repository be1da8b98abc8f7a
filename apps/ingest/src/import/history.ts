import {
  definitionOf,
  mapTexts,
  replay,
  textsOf,
  WITHDRAWAL,
  type Command,
  type DataOf,
  type Fact,
  type NewEvent,
  type StoredEvent,
  type StreamId,
  type StreamState,
} from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import canonicalize from 'canonicalize'

/** An event with its texts readable, and which texts have been erased since. */
interface Opened {
  readonly event: StoredEvent
  readonly erased: ReadonlySet<string>
}

/** What a stream says already, and what of it came from one source. */
export class ImportedHistory {
  private constructor(
    readonly state: StreamState,
    private readonly events: readonly Opened[],
    /** Children named on the stream who have been erased. */
    readonly erasedChildren: ReadonlySet<string>,
    private readonly source: string,
  ) {}

  static async read(store: EventStore, vault: Vault, stream: StreamId, source: string): Promise<ImportedHistory> {
    const recorded = await store.readStream(stream)
    const events = await Promise.all(recorded.map(async (event) => opened(event, await vault.open(stream, event))))
    const state = replay(recorded)
    const erased = new Set<string>()
    const children = [...state.facts.values()].flatMap((f) => f.refers).filter((r) => r.of === 'child')
    for (const id of new Set(children.map((r) => r.id))) if (!(await vault.knowsChild(id))) erased.add(id)
    return new ImportedHistory(state, events, erased, source)
  }

  /** The last event by which this source said a fact; undefined where it never did. */
  lastSaid(fact: Fact): Opened | undefined {
    return this.events.findLast(
      ({ event }) => event.type !== WITHDRAWAL && this.state.factOf.get(event.id) === fact.id && event.source?.system === this.source,
    )
  }

  /** Facts that came from this source, those taken back included. */
  get said(): Fact[] {
    const first = new Map(this.events.map(({ event }) => [event.id, event]))
    return [...this.state.facts.values()].filter((f) => f.type !== WITHDRAWAL && first.get(f.id)?.source?.system === this.source)
  }

  /** The withdrawal that holds a fact down, if this source made it. */
  ownWithdrawal(fact: Fact): Fact | undefined {
    const holding = [...this.state.facts.values()].filter(
      (f) => f.type === WITHDRAWAL && !f.withdrawn && this.state.factOf.get((f.data as DataOf<'fact-withdrawn'>).event) === fact.id,
    )
    const own = (f: Fact) => this.events.some(({ event }) => event.id === f.id && event.source?.system === this.source)
    return fact.withdrawn && holding.every(own) ? holding[0] : undefined
  }
}

function opened(recorded: StoredEvent, event: StoredEvent): Opened {
  const readable = new Set(textsOf(event).map((t) => t.field))
  return {
    event,
    erased: new Set(
      textsOf(recorded)
        .map((t) => t.field)
        .filter((field) => !readable.has(field)),
    ),
  }
}

/** Does a command say what an event said, as far as that can still be read? When the source recorded it is no part of what it says. */
export function saysTheSame(command: Command, { event, erased }: Opened): boolean {
  return content(asEvent(command), erased) === content(event, erased)
}

function content(event: NewEvent, erased: ReadonlySet<string>): string {
  const { type, occurredAt, data } = mapTexts(event, (text) => (erased.has(text.field) ? undefined : text.value))
  return canonicalize({ type, occurredAt, data })!
}

/** What a command says, as one line. */
export const contentOf = (command: Command): string => content(asEvent(command), new Set())

const asEvent = (command: Command): NewEvent => ({
  ...command,
  version: definitionOf(command.type)!.version,
  recordedAt: '',
  recordedBy: '',
  school: '',
})
