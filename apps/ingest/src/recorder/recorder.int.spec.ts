import { streamId, type Command, type NewEvent, type StreamId } from '@circumspect/domain'
import { WrongExpectedRevisionError, type EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import { Recorder, RecordingClock, RefusedError } from '@circumspect/ingest'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { correction, fact, SCHOOL, withdrawal } from '../../../../test/support/least-facts'
import { openHistory, TESTER, type History } from '../../../../test/support/service'

const NOON = Date.parse('2026-03-20T12:00:00.000Z')
const options = { recordedBy: TESTER, school: SCHOOL }
const again = (command: Command): Command => ({ ...command, id: randomUUID() })

describe('the recorder', () => {
  let history: History
  let now = NOON
  let stream: StreamId
  const record = (commands: readonly Command[], rest: object = {}, recorder = history.recorder) =>
    recorder.record(stream, commands, { ...options, ...rest })
  const revisions = async () => (await history.store.readStream(stream)).map((e) => [e.revision, e.type])

  beforeAll(async () => {
    history = await openHistory(() => new Date(now))
    await history.recorder.record(streamId('school', SCHOOL), [fact('school-registered')], options)
  })
  afterAll(() => history.close())
  beforeEach(() => {
    stream = streamId('case', randomUUID())
  })

  it('records a batch whole, each with its revision and the time', async () => {
    const told = fact('disclosure-made')
    const incident = again(fact('incident-recorded', { incident: randomUUID() }))
    const { events } = await record([told, incident])
    expect(events).toEqual([
      { id: told.id, revision: 0, recordedAt: '2026-03-20T12:00:00.000Z' },
      { id: incident.id, revision: 1, recordedAt: '2026-03-20T12:00:00.000Z' },
    ])
    const [stored] = await history.store.readStream(stream)
    expect(stored).toMatchObject({ recordedBy: TESTER, school: SCHOOL, recordedAt: '2026-03-20T12:00:00.000Z' })
  })

  it('records nothing of a batch of which one may not be', async () => {
    const refused = record([fact('disclosure-made'), fact('child-involved', { child: randomUUID(), incident: randomUUID() })])
    await expect(refused).rejects.toBeInstanceOf(RefusedError)
    await expect(refused).rejects.toMatchObject({ index: 1, refusal: { code: 'unknown-reference' } })
    expect(await revisions()).toEqual([])
  })

  it('answers a repeat as the first time, before anything is decided', async () => {
    const told = fact('disclosure-made')
    const first = await record([told])
    await record([fact('case-closed')])
    now += 60_000
    expect(await record([told])).toEqual(first)
    expect(await record([told], { expectedRevision: -1 })).toEqual(first)
    expect(await revisions()).toEqual([
      [0, 'disclosure-made'],
      [1, 'case-closed'],
    ])
  })

  it('refuses an id that is there with other content, on this stream or another', async () => {
    const told = fact('disclosure-made')
    await record([told])
    await expect(record([{ ...told, data: { ...told.data, summary: 'Something else' } }])).rejects.toMatchObject({
      code: 'id-clash',
      index: 0,
    })
    const before = stream
    stream = streamId('case', randomUUID())
    await expect(record([told])).rejects.toMatchObject({ code: 'duplicate-event' })
    stream = before
    expect(await revisions()).toHaveLength(1)
  })

  it('refuses a batch of which a part is there already', async () => {
    const told = fact('disclosure-made')
    await record([told])
    await expect(record([told, fact('concern-taken-up')])).rejects.toMatchObject({ refusal: { code: 'already-recorded' }, index: 0 })
  })

  it('wants to know whose a new case is, and keeps to it', async () => {
    const nobodys = history.recorder.record(stream, [fact('disclosure-made')], { recordedBy: TESTER })
    await expect(nobodys).rejects.toMatchObject({ code: 'school-missing' })
    await record([fact('disclosure-made')])
    await history.recorder.record(stream, [fact('concern-taken-up')], { recordedBy: TESTER, school: randomUUID() })
    expect((await history.store.readStream(stream)).map((e) => e.school)).toEqual([SCHOOL, SCHOOL])
  })

  it('keeps to the revision a caller has seen', async () => {
    await record([fact('disclosure-made')], { expectedRevision: -1 })
    await expect(record([fact('concern-taken-up')], { expectedRevision: -1 })).rejects.toMatchObject({ expected: -1, actual: 0 })
    await expect(record([fact('concern-taken-up')], { expectedRevision: 7 })).rejects.toBeInstanceOf(WrongExpectedRevisionError)
    await record([fact('concern-taken-up')], { expectedRevision: 0 })
    expect(await revisions()).toHaveLength(2)
  })

  it('decides anew when somebody else was faster, and gives up after a while', async () => {
    await record([fact('disclosure-made')])
    const other = new Recorder(history.store, history.vault, history.clock)
    let rivals = 2
    const racing = (times: () => boolean): EventStore =>
      wrapped(history.store, {
        append: async (to: StreamId, events: readonly NewEvent[], expected: number) => {
          if (times()) await other.record(to, [again(fact('professional-notified'))], options)
          return history.store.append(to, events, expected)
        },
      })
    const slow = new Recorder(
      racing(() => rivals-- > 0),
      history.vault,
      history.clock,
    )
    const { events } = await record([fact('concern-taken-up')], {}, slow)
    expect(events[0]!.revision).toBe(3)
    const hopeless = new Recorder(
      racing(() => true),
      history.vault,
      history.clock,
    )
    await expect(record([again(fact('professional-notified'))], {}, hopeless)).rejects.toBeInstanceOf(WrongExpectedRevisionError)
  })

  it('lets one of twenty writers win who expect the same revision', async () => {
    await record([fact('disclosure-made')])
    const writers = Array.from({ length: 20 }, () => record([again(fact('professional-notified'))], { expectedRevision: 0 }))
    const outcomes = await Promise.allSettled(writers)
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1)
    for (const o of outcomes) if (o.status === 'rejected') expect(o.reason).toMatchObject({ code: 'wrong-expected-revision', actual: 1 })
  })

  it('never lets the time of recording fall from one position to the next', async () => {
    let calls = 0
    const slowly = wrapped(history.vault, {
      seal: async (to: StreamId, events: readonly NewEvent[]) => {
        await sleep((calls++ * 7) % 20)
        return history.vault.seal(to, events)
      },
    })
    const recorder = new Recorder(history.store, slowly, new RecordingClock(() => new Date((now += calls % 3 === 0 ? -1000 : 1000))))
    const from = (await history.store.head()) + 1
    await Promise.all(
      Array.from({ length: 40 }, () => recorder.record(streamId('case', randomUUID()), [again(fact('disclosure-made'))], options)),
    )
    const times = (await history.store.readAll(from, 100)).map((e) => e.recordedAt)
    expect(times).toHaveLength(40)
    expect(times).toEqual([...times].sort())
    expect(new Set(times).size).toBeGreaterThan(1)
  })

  it('goes on from the last event, though the clock was put back', async () => {
    await record([fact('disclosure-made')])
    const last = (await history.store.readStream(stream))[0]!.recordedAt
    const clock = new RecordingClock(() => new Date(0))
    await clock.startFrom(history.store)
    expect(clock.read() >= last).toBe(true)
  })

  it('sees the places a school has named since it last looked', async () => {
    const [place, incident] = [randomUUID(), randomUUID()]
    const there = () => record([again(fact('incident-recorded', { incident, place }))])
    await record([fact('disclosure-made')])
    await expect(there()).rejects.toMatchObject({ refusal: { code: 'unknown-reference', field: 'data.place' } })
    await history.recorder.record(streamId('school', SCHOOL), [again(fact('place-named', { place }))], options)
    await there()
    expect(await revisions()).toHaveLength(2)
  })

  it('follows links of children to the end', async () => {
    const [a, b, c] = await Promise.all([1, 2, 3].map(() => history.vault.childFor([])))
    const link = (child: string, sameAs: string) =>
      history.recorder.record(streamId('child', child), [again(fact('child-linked', { sameAs }))], options)
    await link(a!, b!)
    await link(b!, c!)
    await expect(link(c!, a!)).rejects.toMatchObject({ refusal: { field: 'data.sameAs' } })
  })

  it('knows no child who was erased', async () => {
    const child = await history.vault.childFor([])
    await history.vault.erase(child, '2026-03-20T12:00:00.000Z', 'asked-for')
    await expect(record([fact('disclosure-made', { child })])).rejects.toMatchObject({
      refusal: { code: 'unknown-reference', field: 'data.child' },
    })
  })

  it('corrects and takes back, and says what was corrected already', async () => {
    const told = again(fact('disclosure-made'))
    await record([told])
    const corrected = correction(told as Parameters<typeof correction>[0], { verbatim: true })
    await record([again(corrected)])
    await expect(record([again(corrected)])).rejects.toMatchObject({ refusal: { code: 'already-superseded' } })
    const up = again(fact('concern-taken-up'))
    await record([up, again(withdrawal(up.id))])
    expect(await revisions()).toHaveLength(4)
  })

  it('finishes what comes after an append when the process ended before it', async () => {
    const told = again(fact('disclosure-made'))
    await record([told])
    const seen: string[] = []
    const forgetful = wrapped(history.vault, {
      afterAppend: async (_: StreamId, events: readonly NewEvent[]) => {
        seen.push(...events.map((e) => e.supersedes ?? ''))
        if (seen.length === 1) throw new Error('The process ended here.')
      },
    })
    const recorder = new Recorder(history.store, forgetful, history.clock)
    const redacted = again(correction(told as Parameters<typeof correction>[0], { summary: 'Redacted' }))
    await expect(record([redacted], {}, recorder)).rejects.toThrow()
    await record([redacted], {}, recorder)
    expect(seen).toEqual([told.id, told.id])
  })
})

/** A port of which some methods are others. */
function wrapped<P extends EventStore | Vault>(port: P, others: Partial<P>): P {
  return new Proxy(port, {
    get: (target, name) => {
      const other = Reflect.get(others, name) as unknown
      const value = other ?? (Reflect.get(target, name) as unknown)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
