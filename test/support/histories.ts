import {
  decide, definitionOf, definitionsFor, emptyState, evolve, parseCommand, replay, WITHDRAWAL, type Command, type EventType, type NewEvent,
  type RefusalCode, type StreamKind, type StreamState,
} from '@circumspect/domain'
import fc from 'fast-check'
import { expect } from 'vitest'
import { arbitraryOf, pooled } from './arbitrary-facts'
import { idOf, MINIMAL, STREAMS } from './least-facts'
import { allKnown } from './specification'

/** One thing somebody tries: a new fact, a correction of an earlier event, or taking one back. */
interface Try {
  readonly type: EventType
  readonly data: unknown
  readonly day: number
  readonly how: 'new' | 'correct' | 'withdraw'
  /** Which earlier event, counted from the last. */
  readonly which: number
}

const START: Record<string, EventType> = {
  case: 'disclosure-made',
  school: 'school-registered',
  child: 'child-enrolled',
  review: 'circumstances-reviewed',
}

const dataOf = (types: readonly EventType[]) =>
  fc.oneof(...types.map((type) => arbitraryOf(definitionOf(type)!.data).map((data) => ({ type, data }))))

const at = (type: EventType, data: object): Try => ({
  type,
  data: { ...MINIMAL[type as keyof typeof MINIMAL], ...data },
  day: 20,
  how: 'new',
  which: 0,
})
const [incident, child, other, referral] = [pooled('incident', 1), pooled('child', 1), pooled('child', 2), pooled('referral', 1)]

/** What other facts rest on, so that chains of them come about: some of it happens first. */
const GROUND: Partial<Record<StreamKind, readonly Try[]>> = {
  case: [
    at('incident-recorded', { incident }),
    at('child-involved', { incident, child, role: 'alleged-perpetrator' }),
    at('child-involved', { incident, child: other, role: 'alleged-victim' }),
    at('act-recorded', { incident, by: child, on: other }),
    at('referral-made', { referral }),
    at('referral-answered', { referral, answer: 'declined' }),
    at('referral-challenged', { referral }),
    at('support-planned', { plan: pooled('plan', 1), child }),
    at('safety-plan-agreed', { plan: pooled('plan', 2), child }),
    at('risk-assessed', { assessment: pooled('assessment', 1), child }),
  ],
}

/** Anything that can be tried on streams of one kind, the first a fact that starts one. */
function tries(kind: StreamKind): fc.Arbitrary<Try[]> {
  const types = definitionsFor(kind)
    .map((d) => d.type as EventType)
    .filter((t) => t !== WITHDRAWAL)
  const attempt = (from: readonly EventType[]) =>
    fc
      .record({
        fact: dataOf(from),
        day: fc.integer({ min: 1, max: 28 }),
        how: fc.constantFrom('new', 'new', 'new', 'correct', 'withdraw'),
        which: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 30 })),
      })
      .map(({ fact, ...rest }) => ({ ...fact, ...rest }) as Try)
  const first = attempt([START[kind]!]).map((t) => ({ ...t, day: 28, how: 'new' as const }))
  return fc
    .tuple(first, fc.subarray([...(GROUND[kind] ?? [])]), fc.array(attempt(types), { maxLength: 50, size: 'max' }))
    .map(([start, ground, rest]) => [start, ...ground, ...rest])
}

function commandFor({ type, data, day, how, which }: Try, id: string, events: readonly NewEvent[], kind: StreamKind): Command | undefined {
  const fits = how === 'correct' ? events.filter((e) => e.type === type || (e.type === WITHDRAWAL && which % 5 === 0)) : events
  const target = fits.at(-1 - (which % Math.max(fits.length, 1)))
  const input = {
    id,
    type,
    data,
    occurredAt: { date: `2026-02-${String(day).padStart(2, '0')}`, precision: 'day' },
    ...(how !== 'new' && { reason: 'It was wrong' }),
    ...(how === 'correct' &&
      target && { supersedes: target.id, type: target.type, data: target.type === WITHDRAWAL ? { event: target.data.event } : data }),
    ...(how === 'withdraw' && target && { type: WITHDRAWAL, data: { event: target.id } }),
  }
  const parsed = parseCommand(kind, input)
  return 'command' in parsed ? parsed.command : undefined
}

/** What came of the tries: how often each type of event was recorded and corrected, and each refusal given. */
export interface Tally {
  readonly recorded: Map<string, number>
  readonly refused: Map<RefusalCode, number>
}

const count = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1)

export interface Accepted {
  readonly kind: StreamKind
  readonly before: StreamState
  readonly state: StreamState
  readonly event: NewEvent
  readonly events: readonly NewEvent[]
}

/**
 * Tries whatever can be tried on streams of one kind, `runs` times, and shows every accepted step to `check`. Deciding never
 * throws: an exception fails the property.
 */
export function tryHistories(kind: StreamKind, runs: number, check: (step: Accepted) => void): Tally {
  const tally: Tally = { recorded: new Map(), refused: new Map() }
  const context = allKnown(STREAMS[kind])
  const property = fc.property(tries(kind), (attempts) => {
    let state = emptyState
    const events: NewEvent[] = []
    for (const [index, attempt] of attempts.entries()) {
      const command = commandFor(attempt, idOf(`try ${index}`), events, kind)
      if (!command) continue
      const decision = decide(STREAMS[kind], state, [command], context)
      expect(decide(STREAMS[kind], state, [command], context)).toEqual(decision)
      if ('refusal' in decision) {
        count(tally.refused, decision.refusal.code)
        continue
      }
      const [event] = decision.events as [NewEvent]
      const before = state
      events.push(event)
      state = evolve(state, event)
      count(tally.recorded, `${event.type}${event.supersedes === undefined ? '' : ' corrected'}`)
      check({ kind, before, state, event, events })
    }
    expect(replay(JSON.parse(JSON.stringify(events)) as NewEvent[])).toEqual(state)
  })
  fc.assert(property, { numRuns: runs, seed: 20260320 })
  return tally
}
