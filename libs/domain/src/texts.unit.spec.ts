import { describe, expect, it } from 'vitest'
import { fullSamples } from '../../../test/support/full-data'
import { CHILD_A, CHILD_B, idOf, SCHOOL } from '../../../test/support/least-facts'
import { definitionOf, type EventType } from './catalogue'
import type { JsonObject, NewEvent } from './envelope'
import { leavesOf } from './leaves'
import { childrenNamedIn, childrenOf, mapTexts, textsOf } from './texts'
import { UnknownEventError } from './upcast'

const event = (type: EventType, data: JsonObject, rest: Partial<NewEvent> = {}): NewEvent => ({
  id: idOf('event'),
  type,
  version: definitionOf(type)!.version,
  recordedAt: '2026-03-20T12:00:00.000Z',
  recordedBy: idOf('account'),
  school: SCHOOL,
  occurredAt: { date: '2026-03-02', zone: 'Europe/London', precision: 'day' },
  data,
  ...rest,
})

describe('the texts of an event', () => {
  it('are those its schema classes as text, the envelope first', () => {
    const source = { system: 'a-system', record: 'Key 1' }
    const found = textsOf(
      event('evidence-secured', { evidence: 'cctv', note: 'A note', viewing: { by: 'A', why: 'B', with: 'C' } }, { reason: 'Why', source }),
    )
    expect(found.map((t) => [t.field, t.value])).toEqual([
      ['reason', 'Why'],
      ['source.record', 'Key 1'],
      ['data.note', 'A note'],
      ['data.viewing.by', 'A'],
      ['data.viewing.why', 'B'],
      ['data.viewing.with', 'C'],
    ])
    expect(found.map((t) => t.about)).toEqual(found.map(() => 'case'))
    expect(found.flatMap((t) => t.children)).toEqual([])
  })

  it.each(fullSamples())('of a full $type ($option) are all found', ({ type, data }) => {
    const classed = leavesOf(definitionOf(type)!.data)
      .filter((l) => l.meta.field === 'text')
      .map((l) => `data.${l.path}`)
    const found = textsOf(event(type, data)).map((t) => t.field.replaceAll(/\.\d+/g, '.*'))
    expect(found).toEqual(classed)
  })
})

describe('the children of a text', () => {
  it('are those its event names', () => {
    const found = textsOf(event('wishes-recorded', { child: CHILD_A, consent: 'given', anonymityAsked: false, wishes: 'To be heard' }))
    expect(found).toEqual([{ field: 'data.wishes', about: 'child', children: [CHILD_A], value: 'To be heard' }])
  })

  it('are the same however deep it stands', () => {
    const overridden = { basis: 'vital-interests', reason: 'Danger', explained: true, supportOffered: true }
    const wishes = textsOf(event('wishes-recorded', { child: CHILD_A, consent: 'refused', anonymityAsked: true, overridden }))
    expect(wishes).toEqual([{ field: 'data.overridden.reason', about: 'child', children: [CHILD_A], value: 'Danger' }])
    const plan = textsOf(
      event('support-planned', {
        plan: idOf('plan'),
        child: CHILD_B,
        needs: [
          { area: 'emotional', action: 'One' },
          { area: 'safety', action: 'Two' },
        ],
      }),
    )
    expect(plan.map((t) => [t.field, t.children])).toEqual([
      ['data.needs.0.action', [CHILD_B]],
      ['data.needs.1.action', [CHILD_B]],
    ])
  })

  it('are all of a list', () => {
    expect(textsOf(event('chronology-entry-made', { children: [CHILD_A, CHILD_B], detail: 'What happened' }))[0]).toMatchObject({
      about: 'child',
      children: [CHILD_A, CHILD_B],
    })
  })

  it('where there are none, the text is about the case', () => {
    expect(textsOf(event('statement-taken', { of: 'staff', verbatim: false, words: 'What was seen' }))[0]).toMatchObject({
      about: 'case',
      children: [],
    })
  })

  it('are named by no text about a case or a school, nor by the envelope', () => {
    const found = textsOf(event('child-linked', { sameAs: CHILD_B, grounds: 'The same number' }, { reason: 'Why' }))
    expect(found.map((t) => [t.field, t.about, t.children])).toEqual([
      ['reason', 'case', []],
      ['data.grounds', 'child', [CHILD_B]],
    ])
  })
})

describe('mapping texts', () => {
  const note = event(
    'family-told',
    { child: CHILD_A, manner: 'video', by: 'Somebody', note: 'A note' },
    { reason: 'Why', source: { system: 'a-system', record: 'Key' } },
  )

  it('replaces each in its place and nothing else', () => {
    const sealed = { v: 1, keyId: 'k', nonce: 'n', ciphertext: 'c' } as const
    const mapped = mapTexts(note, () => sealed)
    expect(mapped).toEqual({
      ...note,
      reason: sealed,
      source: { system: 'a-system', record: sealed },
      data: { ...note.data, by: sealed, note: sealed },
    })
    expect(mapTexts(mapped, ({ field }) => `opened ${field}`).data.note).toBe('opened data.note')
  })

  it('leaves out what is mapped to nothing, and changes nothing given', () => {
    const before = structuredClone(note)
    expect(mapTexts(note, () => undefined)).toEqual({
      ...event('family-told', { child: CHILD_A, manner: 'video' }),
      source: { system: 'a-system' },
    })
    expect(note).toEqual(before)
  })

  it('adds no reason and no source where there is none', () => {
    const bare = event('case-closed', {})
    expect(Object.keys(mapTexts(bare, (t) => t.value)).sort()).toEqual(Object.keys(bare).sort())
  })

  it('keeps the place an event has in its stream', () => {
    const stored = { ...note, stream: 'case-00000000-0000-4000-8000-00000000aaaa', revision: 3, position: 7 }
    expect(mapTexts(stored, () => 'x')).toMatchObject({ stream: stored.stream, revision: 3, position: 7 })
  })

  it('knows no event of a type or version that is not defined', () => {
    expect(() => textsOf({ ...note, type: 'nobody-knows' })).toThrow(UnknownEventError)
    expect(() => textsOf({ ...note, version: 99 })).toThrow(UnknownEventError)
  })
})

describe('the children of an event', () => {
  it('are those it names by id, each once', () => {
    expect(childrenOf(event('act-recorded', { incident: idOf('incident'), by: CHILD_A, on: CHILD_B, behaviours: [] }))).toEqual([
      CHILD_A,
      CHILD_B,
    ])
    expect(childrenOf(event('referral-made', { referral: idOf('referral'), agency: 'police', children: [CHILD_B, CHILD_A] }))).toEqual([
      CHILD_B,
      CHILD_A,
    ])
    expect(childrenOf(event('case-closed', {}))).toEqual([])
    expect(childrenNamedIn(definitionOf('act-recorded')!.data, { by: CHILD_A, on: CHILD_A })).toEqual([CHILD_A])
  })
})
