import {
  decide, evolve, replay, type Command, type Context, type Decision, type NewEvent, type RefusalCode, type Refusal, type StreamId,
  type StreamState,
} from '@circumspect/domain'
import { parseStream } from '@circumspect/domain'
import { expect } from 'vitest'
import { idOf, NOW, SCHOOL } from './least-facts'

/** Whatever is asked for elsewhere is known there. */
export const allKnown = (stream: StreamId): Context => ({
  now: NOW,
  recordedBy: idOf('account'),
  school: SCHOOL,
  subject: parseStream(stream).id,
  isSchool: () => true,
  isPlace: () => true,
  isChild: () => true,
  isCase: () => true,
  canonicalChild: (id) => id,
})

/**
 * Given facts on a stream, when commands come, then events, or a refusal, or nothing.
 * The facts given go through the decider too: a history that could not have been is an error of the test.
 */
export function given(stream: StreamId, facts: readonly Command[] = [], context: Partial<Context> = {}) {
  const known = { ...allKnown(stream), ...context }
  let state = replay([])
  for (const command of facts) {
    const decision = decide(stream, state, [command], known)
    if ('refusal' in decision) throw new Error(`Given what could not be: ${command.type}: ${decision.refusal.message}`)
    state = decision.events.reduce(evolve, state)
  }
  return {
    state,
    when: (commands: Command | readonly Command[], differing: Partial<Context> = {}) =>
      new Outcome(state, decide(stream, state, Array.isArray(commands) ? commands : [commands as Command], { ...known, ...differing })),
  }
}

export class Outcome {
  constructor(
    private readonly before: StreamState,
    private readonly decision: Decision,
  ) {}

  /** The stream as it is afterwards. */
  get state(): StreamState {
    return this.events.reduce(evolve, this.before)
  }

  get events(): readonly NewEvent[] {
    if ('refusal' in this.decision) throw new Error(`Refused: ${this.decision.refusal.code}: ${this.decision.refusal.message}`)
    return this.decision.events
  }

  /** Exactly these events, each with at least what is given of it. */
  then(...events: readonly (Partial<NewEvent> & { readonly type: string })[]): StreamState {
    expect(this.events.map((e) => e.type)).toEqual(events.map((e) => e.type))
    events.forEach((event, i) => expect(this.events[i]).toMatchObject(event))
    return this.state
  }

  /** All of it is recorded, as it was said. */
  records(): StreamState {
    expect(this.events.length).toBeGreaterThan(0)
    return this.state
  }

  /** None of it is recorded, because of the command at `index`. */
  refuses(code: RefusalCode, field: string, index = 0): Refusal {
    if (!('refusal' in this.decision)) throw new Error(`Not refused: ${this.decision.events.map((e) => e.type).join(', ')}`)
    const { refusal } = this.decision
    expect({ code: refusal.code, field: refusal.field, index: this.decision.index }).toEqual({ code, field, index })
    expect(refusal.message).toMatch(/^[A-Z"].*\.$/)
    return refusal
  }

  nothing(): void {
    expect(this.events).toEqual([])
  }
}
