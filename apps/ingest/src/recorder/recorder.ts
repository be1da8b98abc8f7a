import { decide, definitionOf, parseStream, replay, type Command, type Context, type NewEvent, type RecordedEvent, type StreamId } from '@circumspect/domain'
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
   * Whether these facts could be recorded, without recording them. Takes for granted that schools, places, children and cases they
   * refer to elsewhere will be there by then.
   * @throws RefusedError
   */
  async couldRecord(stream: StreamId, commands: readonly Command[], options: RecordOptions): Promise<void> {
    const state = replay(await this.store.readStream(stream))
    const { id } = parseStream(stream)
    const context: Context = {
      now: this.clock.read(),
      recordedBy: options.recordedBy,
      school: state.school ?? options.school ?? id,
      subject: id,
      isSchool: () => true,
      isPlace: () => true,
      isChild: () => true,
      isCase: () => true,
      canonicalChild: (child) => child,
    }
    const decision = decide(stream, state, commands, context)
    if ('refusal' in decision) throw new RefusedError(decision.refusal, decision.index)
  }

  private async attempt(stream: StreamId, commands: readonly Command[], options: RecordOptions): Promise<Recorded> {
    const history = await this.store.readStream(stream)
    const before = await this.alreadyThere(stream, history, commands)
    if (before) return before
    const state = replay(history)
    const { kind, id } = parseStream(stream)
    const school = state.school ?? (kind === 'school' ? id : options.school)
    if (school === undefined) throw new SchoolMissingError()
    if (options.expectedRevision !== undefined && options.expectedRevision !== state.revision)
      throw new WrongExpectedRevisionError(stream, options.expectedRevision, state.revision)
    const context = await this.contexts.contextFor(stream, school, commands, this.clock.read(), options.recordedBy)
    const decision = decide(stream, state, commands, context)
    if ('refusal' in decision) throw new RefusedError(decision.refusal, decision.index)
    const sealed = await this.vault.seal(stream, decision.events)
    const appended = await this.store.append(stream, sealed, state.revision)
    await this.vault.afterAppend(stream, sealed)
    return { stream, events: appended.events.map((e) => ({ ...e, recordedAt: context.now })) }
  }

  /** The answer given the first time, where all of it is in the stream already. */
  private async alreadyThere(stream: StreamId, history: readonly RecordedEvent[], commands: readonly Command[]): Promise<Recorded | undefined> {
    const byId = new Map(history.map((event) => [event.id, event]))
    const found: RecordedEvent[] = []
    for (const [index, command] of commands.entries()) {
      const event = byId.get(command.id)
      if (!event) continue
      if (!(await this.vault.isSame(event, asSpoken(command)))) throw new IdClashError(index)
      found.push(event)
    }
    if (found.length === 0 || found.length < commands.length) return undefined
    return { stream, events: found.map(({ id, revision, recordedAt }) => ({ id, revision, recordedAt })) }
  }
}

/** The command as an event, with what the recorder writes left empty. */
const asSpoken = (command: Command): NewEvent => ({
  ...command,
  version: definitionOf(command.type)!.version,
  recordedAt: '',
  recordedBy: '',
  school: '',
})
