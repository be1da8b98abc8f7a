import { definitionsFor, living, WITHDRAWAL, type Fact, type NewEvent } from '@circumspect/domain'
import { brokenReference } from '../../libs/domain/src/decide/references'
import { ruleFor, startRefusal } from '../../libs/domain/src/decide/rules'
import { tryHistories, type Accepted, type Tally } from '../support/histories'
import { STREAMS } from '../support/least-facts'
import { allKnown } from '../support/specification'
import { describe, expect, it } from 'vitest'

const KINDS = ['case', 'school', 'child', 'review'] as const

/** Every fact that holds stands on what holds, and keeps the rules that hold always. */
function everythingHolds({ kind, state }: Accepted): void {
  for (const fact of living(state)) {
    const broken =
      brokenReference(state, fact, allKnown(STREAMS[kind])) ??
      ruleFor(fact.type).always(state, fact) ??
      startRefusal(kind, state, fact.type)
    expect(broken, `${fact.type} ${fact.id}`).toBeUndefined()
  }
}

/** A fact has one event that stands for it, at the place of its first; no other fact is touched by a correction. */
function placesAreKept({ before, state, event }: Accepted): void {
  const known = [...before.facts.keys()]
  expect([...state.facts.keys()]).toEqual(event.supersedes === undefined ? [...known, event.id] : known)
  for (const [id, fact] of before.facts) expect(state.facts.get(id)).toMatchObject({ type: fact.type, revision: fact.revision })
  const fact = state.facts.get(state.factOf.get(event.id)!)!
  expect(fact).toMatchObject({ current: event.id, occurredAt: event.occurredAt, data: event.data })
  if (event.supersedes !== undefined) expect(event.original).toEqual({ id: fact.id, revision: fact.revision })
}

/** The last withdrawal about a fact says whether it is withdrawn: what the views go by. */
function effectsAreTold({ state, events }: Accepted): void {
  const told = new Map<string, unknown>()
  for (const e of events) if (e.type === WITHDRAWAL && e.supersedes === undefined) told.set(e.original!.id, e.data.effect)
  for (const fact of state.facts.values()) if (fact.type !== WITHDRAWAL) expect(fact.withdrawn).toBe(told.get(fact.id) === 'withdrawn')
}

/** The same, worked out the slow way: chains resolved to their ends, withdrawals from the last to the first. */
function slowly(events: readonly NewEvent[]): Map<string, NewEvent> {
  const superseded = new Set(events.map((e) => e.supersedes))
  const first = (event: NewEvent): NewEvent =>
    event.supersedes === undefined ? event : first(events.find((e) => e.id === event.supersedes)!)
  const ends = events.filter((e) => !superseded.has(e.id))
  const isBack = (event: NewEvent): boolean =>
    ends.some((w) => w.type === WITHDRAWAL && first(events.find((e) => e.id === w.data.event)!).id === first(event).id && !isBack(w))
  return new Map(ends.filter((e) => e.type !== WITHDRAWAL && !isBack(e)).map((e) => [first(e).id, e]))
}

function theSlowWayAgrees({ state, events }: Accepted): void {
  const expected = slowly(events)
  const holds = (facts: readonly Fact[]) => facts.map((f) => [f.id, f.current])
  expect(holds(living(state))).toEqual([...state.facts.keys()].filter((id) => expected.has(id)).map((id) => [id, expected.get(id)!.id]))
}

/** Whatever is tried on the streams of each kind, `runs` times. */
export function describeHistories(runs: number): void {
  describe.each(KINDS)('whatever is tried on a %s', (kind) => {
    let tally: Tally | undefined

    it('leaves a stream in which everything holds', () => {
      tally = tryHistories(kind, runs, (step) => {
        everythingHolds(step)
        placesAreKept(step)
        effectsAreTold(step)
        theSlowWayAgrees(step)
      })
    })

    it('was tried enough: most types were recorded and corrected, and the common refusals given', () => {
      const types = definitionsFor(kind).map((d) => d.type)
      expect(types.filter((t) => !tally!.recorded.has(t))).toEqual([])
      expect(types.filter((t) => tally!.recorded.has(`${t} corrected`)).length).toBeGreaterThan(types.length * 0.6)
      for (const code of ['already-superseded', 'already-withdrawn', 'depended-on', 'already-recorded'] as const)
        expect([...tally!.refused.keys()]).toContain(code)
    })
  })
}
