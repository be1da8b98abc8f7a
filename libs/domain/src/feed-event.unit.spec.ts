import { describe, expect, it } from 'vitest'
import { fullSamples, fullData } from '../../../test/support/full-data'
import { idOf, SCHOOL } from '../../../test/support/least-facts'
import { definitionOf, type EventType } from './catalogue'
import { envelopeSchema, type JsonObject, type RecordedEvent } from './envelope'
import { toFeedEvent } from './feed-event'
import { leavesOf } from './leaves'
import { UnknownEventError } from './upcast'

const SECRET = 'Xq7Zzyzx'
const secretly = (_: string, meta: { field: string }, usual: unknown) => (meta.field === 'text' ? SECRET : usual)

/** An event with every field its envelope and its schema know. */
const full = (type: EventType, data: JsonObject): RecordedEvent => ({
  ...(fullData(envelopeSchema, 0, secretly) as object as RecordedEvent),
  id: idOf('event'),
  school: SCHOOL,
  stream: `case-${idOf('case')}`,
  revision: 3,
  position: 17,
  type,
  version: definitionOf(type)!.version,
  data,
})

const pathsOf = (value: unknown, path = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, `${path}.*`))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => pathsOf(item, path === '' ? key : `${path}.${key}`))
  return [path]
}

describe('what travels', () => {
  it.each(fullSamples(secretly))('of a full $type ($option): every code, measure and id, and no text', ({ type, data }) => {
    const event = toFeedEvent(full(type, data))
    expect(JSON.stringify(event)).not.toContain(SECRET)
    const allowed = leavesOf(definitionOf(type)!.data)
      .filter((l) => l.meta.field !== 'text')
      .map((l) => `data.${l.path}`)
    const here = pathsOf(data)
      .map((p) => `data.${p}`)
      .filter((p) => allowed.includes(p))
    expect(
      pathsOf(event)
        .filter((p) => p.startsWith('data.'))
        .sort(),
    ).toEqual(here.sort())
  })

  it('of the envelope: all but the reason and the key in the source', () => {
    const { data: _data, ...envelope } = toFeedEvent(full('case-closed', {}))
    expect(pathsOf(envelope).sort()).toEqual([
      'id',
      'occurredAt.date',
      'occurredAt.precision',
      'occurredAt.time',
      'occurredAt.zone',
      'original.id',
      'original.revision',
      'position',
      'recordedAt',
      'recordedBy',
      'revision',
      'school',
      'source.recordedAt',
      'source.system',
      'stream',
      'supersedes',
      'type',
      'version',
    ])
  })

  it('is nothing a schema does not know, in the envelope, in the data, or inside them', () => {
    const event = {
      ...full('referral-made', {
        referral: idOf('referral'),
        agency: 'police',
        name: SECRET,
        children: [],
        alsoFor: [],
        madeByAgency: false,
        nested: { name: SECRET },
      }),
      name: SECRET,
      source: { system: 'a-system', record: SECRET, name: SECRET },
      occurredAt: { date: '2026-03-02', zone: 'Europe/London', precision: 'day', name: SECRET },
    } as RecordedEvent
    expect(JSON.stringify(toFeedEvent(event))).not.toContain(SECRET)
  })

  it('is no sealed text either', () => {
    const sealed = { v: 1, keyId: SECRET, nonce: SECRET, ciphertext: SECRET } as const
    const event = { ...full('case-closed', { note: sealed }), reason: sealed, source: { system: 'a-system', record: sealed } }
    expect(JSON.stringify(toFeedEvent(event))).not.toContain(SECRET)
  })

  it('is left out where it is not there', () => {
    const { supersedes: _s, original: _o, reason: _r, source: _q, ...bare } = full('case-closed', {})
    expect(Object.keys(toFeedEvent(bare)).sort()).toEqual([
      'data',
      'id',
      'occurredAt',
      'position',
      'recordedAt',
      'recordedBy',
      'revision',
      'school',
      'stream',
      'type',
      'version',
    ])
  })

  it('changes nothing given, and is the same each time', () => {
    const event = full('case-closed', { note: 'A note' })
    const before = structuredClone(event)
    expect(toFeedEvent(event)).toEqual(toFeedEvent(event))
    expect(event).toEqual(before)
  })

  it('is nothing of an event that is not known', () => {
    expect(() => toFeedEvent({ ...full('case-closed', {}), type: SECRET })).toThrow(UnknownEventError)
    expect(() => toFeedEvent({ ...full('case-closed', {}), type: SECRET })).not.toThrow(new RegExp(SECRET))
  })
})
