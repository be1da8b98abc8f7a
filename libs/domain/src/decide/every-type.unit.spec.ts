import { describe, expect, it } from 'vitest'
import { CASE, correction, fact, factsBefore, STREAMS, withdrawal } from '../../../../test/support/least-facts'
import { given } from '../../../../test/support/specification'
import { definitionOf, eventTypes, WITHDRAWAL, type EventType } from '../catalogue'
import { parseStream, STREAM_KINDS, type StreamId } from '../envelope'
import type { Command } from './command'
import { livingOf } from './state'

interface Situation {
  readonly stream: StreamId
  readonly before: readonly Command[]
  readonly command: Command
}

/** Where, after what, and as what a fact of this type can be recorded. */
function situationOf(type: EventType): Situation {
  if (type === WITHDRAWAL) {
    const before = [fact('disclosure-made'), fact('chronology-entry-made')]
    return { stream: CASE, before, command: withdrawal(before[1]!.id) }
  }
  return { stream: STREAMS[definitionOf(type)!.stream], before: factsBefore(type), command: fact(type) }
}

const anotherType = (stream: StreamId, type: EventType) =>
  eventTypes.find((t) => t !== type && definitionOf(t)!.stream === parseStream(stream).kind)!
const otherKind = (stream: StreamId) => STREAM_KINDS.find((kind) => kind !== parseStream(stream).kind)!

describe.each(eventTypes.map((type) => ({ type, ...situationOf(type) })))('$type', ({ type, stream, before, command }) => {
  const recorded = () => given(stream, [...before, command])
  const factNow = (state = recorded().state) => state.facts.get(command.id)!

  it('is recorded as it was said, in the newest version, by whom and when', () => {
    const { id, occurredAt, data } = command
    const context = {
      now: '2026-03-19T08:00:00.000Z',
      recordedBy: '00000000-0000-4000-8000-00000000aaaa',
      school: '00000000-0000-4000-8000-00000000bbbb',
    }
    const [event, ...more] = given(stream, before).when(command, context).events
    expect(more).toEqual([])
    expect(event).toMatchObject({
      id,
      type,
      occurredAt,
      data,
      version: definitionOf(type)!.version,
      recordedAt: context.now,
      recordedBy: context.recordedBy,
      school: context.school,
    })
    expect(event).not.toHaveProperty('supersedes')
  })

  it('is refused with an id that is there', () => {
    recorded().when(command).refuses('already-recorded', 'id')
  })

  it('is refused on a stream of another kind', () => {
    const refused = given(STREAMS[otherKind(stream)]).when(command)
    // Withdrawals are at home everywhere, but only of events of the same stream.
    if (type === WITHDRAWAL) refused.refuses('unknown-reference', 'data.event')
    else refused.refuses('wrong-stream', 'type')
  })

  it('is refused when it has not happened yet', () => {
    const tomorrow = { date: '2026-03-21', zone: 'Europe/London', precision: 'day' } as const
    given(stream, before)
      .when({ ...command, occurredAt: tomorrow })
      .refuses('in-the-future', 'occurredAt')
  })

  it('is corrected, keeping its place', () => {
    const corrected = correction(command, {}, { at: '2026-03-02T10:45' })
    const place = factNow().revision
    const state = recorded()
      .when(corrected)
      .then({ type, supersedes: command.id, original: { id: command.id, revision: place }, reason: 'It was wrong' })
    expect(state.facts.get(command.id)).toMatchObject({
      type,
      current: corrected.id,
      revision: place,
      occurredAt: { time: '10:45' },
      withdrawn: false,
    })
    expect(state.facts.size).toBe(recorded().state.facts.size)
  })

  it('is corrected again and again, one after the other', () => {
    const first = correction(command, {}, { at: '2026-03-02T10:45' })
    const second = correction(first, {}, { at: '2026-03-02T10:46' })
    const state = given(stream, [...before, command, first])
      .when(second)
      .then({ type, supersedes: first.id, original: { id: command.id, revision: factNow().revision } })
    expect(state.facts.get(command.id)).toMatchObject({ current: second.id, occurredAt: { time: '10:46' } })
  })

  it('is not corrected without a reason, nor twice from the same event, nor as something else', () => {
    const { reason: _reason, ...withoutReason } = correction(command)
    recorded().when(withoutReason).refuses('reason-missing', 'reason')
    const once = correction(command)
    const refusal = given(stream, [...before, command, once])
      .when(correction(command))
      .refuses('already-superseded', 'supersedes')
    expect(refusal.message).toContain(once.id)
    recorded()
      .when(fact(anotherType(stream, type), {}, { supersedes: command.id, reason: 'It was wrong' }))
      .refuses('other-type', 'type')
  })

  it('is taken back, restored, and taken back again', () => {
    const back = withdrawal(command.id)
    const restore = withdrawal(back.id)
    const again = withdrawal(restore.id)
    const root = type === WITHDRAWAL ? given(stream, before).state.facts.get(before[1]!.id)! : factNow()
    const effects = type === WITHDRAWAL ? ['restored', 'withdrawn', 'restored'] : ['withdrawn', 'restored', 'withdrawn']
    const steps = [back, restore, again]
    steps.forEach((step, i) => {
      const state = given(stream, [...before, command, ...steps.slice(0, i)])
        .when(step)
        .then({
          type: WITHDRAWAL,
          original: { id: root.id, revision: root.revision },
          data: { event: step.data.event, effect: effects[i]! },
        })
      expect(state.facts.get(root.id)!.withdrawn).toBe(effects[i] === 'withdrawn')
      expect(livingOf(state, root.type).some((f) => f.id === root.id)).toBe(effects[i] === 'restored')
    })
  })

  it('is taken back only with a reason and once, and not corrected while it is', () => {
    const { reason: _reason, ...withoutReason } = withdrawal(command.id)
    recorded().when(withoutReason).refuses('reason-missing', 'reason')
    const withdrawn = given(stream, [...before, command, withdrawal(command.id)])
    withdrawn.when(withdrawal(command.id)).refuses('already-withdrawn', 'data.event')
    withdrawn.when(correction(command)).refuses('already-withdrawn', 'supersedes')
  })
})
