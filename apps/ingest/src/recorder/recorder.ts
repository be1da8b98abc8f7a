import {
  decide,
  definitionOf,
  parseStream,
  replay,
  type Command,
  type Context,
  type NewEvent,
  type StoredEvent,
  type StreamId,
  type StreamState,
} from '@circumspect/domain'
import { WrongExpectedRevisionError, type EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import type { RecordingClock } from './clock'
import { ContextReader } from './context'
import { IdClashError, RefusedError, SchoolMissingError } from './errors'
import { Turns } from './turns'

export interface Recorded {
  readonly stream: StreamId
  readonly events: readonly { readonly id: string; readonly revision: number; readonly recordedAt: string }[]
}

export interface RecordOptions {
  /** The account that records. */
  readonly recordedBy: string
  /** Whose case, child or review it is; needed where the stream is new, and not a school's own. */
  readonly school?: string
  /** The revision the caller has seen; where it is another by now, nothing is recorded. */
  readonly expectedRevision?: number
}

const ATTEMPTS = 10
const NONE: ReadonlySet<string> = new Set()

/** Records facts: decides whether they may be, seals their texts, appends them for ever. The one way into the history. */
export class Recorder {
  private readonly contexts: ContextReader
  private readonly turns = new Turns()

  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
    private readonly clock: RecordingClock,
  ) {
    this.contexts = new ContextReader(store, vault)
  }

  /** All of them or none. Recording the same again answers as the first time. */
  record(stream: StreamId, commands: readonly Command[], options: RecordOptions): Promise<Recorded> {
    return this.turns.inTurn(stream, async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.attempt(stream, commands, options)
        } catch (error) {
          // Another process was faster: look again, unless the caller wants to look for himself.
          if (!(error instanceof WrongExpectedRevisionError) || options.expectedRevision !== undefined || attempt === ATTEMPTS) throw error
        }
      }
    })
  }

  /**
   * Whether these facts could be recorded, without recording them.
   * @param awaited ids of schools, places and children that other facts will have brought by then
   * @throws RefusedError
   */
  async couldRecord(stream: StreamId, commands: readonly Command[], options: RecordOptions, awaited: ReadonlySet<string>): Promise<void> {
    const state = replay(await this.store.readStream(stream))
    decided(stream, state, commands, await this.contextFor(stream, state, commands, options, awaited))
  }

  private async attempt(stream: StreamId, commands: readonly Command[], options: RecordOptions): Promise<Recorded> {
    const history = await this.store.readStream(stream)
    const before = await this.alreadyThere(stream, history, commands)
    if (before) return before
    const state = replay(history)
    if (options.expectedRevision !== undefined && options.expectedRevision !== state.revision)
      throw new WrongExpectedRevisionError(stream, options.expectedRevision, state.revision)
    const context = await this.contextFor(stream, state, commands, options)
    const sealed = await this.vault.seal(stream, decided(stream, state, commands, context))
    // Between reading the clock and handing over nothing is awaited, so times of recording never fall from one position to the next.
    const recordedAt = this.clock.read()
    const appended = await this.store.append(
      stream,
      sealed.map((event) => ({ ...event, recordedAt })),
      state.revision,
    )
    await this.vault.afterAppend(stream, sealed)
    return { stream, events: appended.events.map((e) => ({ ...e, recordedAt })) }
  }

  private async contextFor(
    stream: StreamId,
    state: StreamState,
    commands: readonly Command[],
    { school: given, recordedBy }: RecordOptions,
    awaited: ReadonlySet<string> = NONE,
  ): Promise<Context> {
    const { kind, id } = parseStream(stream)
    const school = state.school ?? (kind === 'school' ? id : given)
    if (school === undefined) throw new SchoolMissingError()
    const context = await this.contexts.contextFor(stream, school, commands, this.clock.read(), recordedBy)
    const isSchool = (of: string) => awaited.has(of) || context.isSchool(of)
    if (kind !== 'school' && state.school === undefined && !isSchool(school))
      throw new RefusedError(
        { code: 'unknown-reference', message: 'No such school is known. Register the school first.', field: 'school' },
        0,
      )
    const corrected = childrenOfCorrected(state, commands)
    return {
      ...context,
      isSchool,
      isPlace: (of) => awaited.has(of) || context.isPlace(of),
      isChild: (of) => awaited.has(of) || corrected.has(of) || context.isChild(of),
    }
  }

  /** The answer given the first time, where all of it is in the stream already. */
  private async alreadyThere(
    stream: StreamId,
    history: readonly StoredEvent[],
    commands: readonly Command[],
  ): Promise<Recorded | undefined> {
    const byId = new Map(history.map((event) => [event.id, event]))
    const found: StoredEvent[] = []
    for (const [index, command] of commands.entries()) {
      const event = byId.get(command.id)
      if (!event) continue
      if (!(await this.vault.isSame(event, asSpoken(command)))) throw new IdClashError(index)
      found.push(event)
    }
    if (found.length === 0 || found.length < commands.length) return undefined
    // The process may have ended right after the append the first time.
    await this.vault.afterAppend(stream, found)
    return { stream, events: found.map(({ id, revision, recordedAt }) => ({ id, revision, recordedAt })) }
  }
}

/** A correction may keep the children its fact names already: one of them may have been erased, and the words have to be redacted. */
function childrenOfCorrected(state: StreamState, commands: readonly Command[]): ReadonlySet<string> {
  const facts = commands.flatMap(({ supersedes }) => (supersedes === undefined ? [] : [state.facts.get(state.factOf.get(supersedes) ?? '')]))
  return new Set(facts.flatMap((fact) => fact?.refers ?? []).filter((r) => r.of === 'child').map((r) => r.id))
}

function decided(stream: StreamId, state: StreamState, commands: readonly Command[], context: Context): readonly NewEvent[] {
  const decision = decide(stream, state, commands, context)
  if ('refusal' in decision) throw new RefusedError(decision.refusal, decision.index)
  return decision.events
}

/** The command as an event, with what the recorder writes left empty. */
const asSpoken = (command: Command): NewEvent => ({
  ...command,
  version: definitionOf(command.type)!.version,
  recordedAt: '',
  recordedBy: '',
  school: '',
})
