import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fact, idOf, SCHOOL } from '../../../test/support/least-facts'
import { definer } from './define'
import type { JsonObject, NewEvent } from './envelope'
import { code, text } from './fields'
import { UnknownEventError, upcast, upcastTo } from './upcast'

const define = definer('case')

/** A made-up type that has changed twice: `tone` came in version 2, and was called `manner` from version 3 on. */
const newest = define('note-made', 'A note was made', z.strictObject({ manner: code(['calm', 'not-known']), words: text('case') }), {
  version: 3,
  upcasters: [(data) => ({ ...data, tone: 'not-known' }), ({ tone, ...data }) => ({ ...data, manner: tone })],
})
const note = (version: number, data: JsonObject): NewEvent => ({
  id: idOf('note'),
  type: 'note-made',
  version,
  data,
  occurredAt: fact('case-closed').occurredAt,
  recordedAt: '2026-03-20T12:00:00.000Z',
  recordedBy: idOf('account'),
  school: SCHOOL,
})

describe('an event of an old version', () => {
  it('is brought to the newest one step after another', () => {
    expect(upcastTo(newest, note(1, { words: 'Old' }))).toEqual(note(3, { words: 'Old', manner: 'not-known' }))
    expect(upcastTo(newest, note(2, { words: 'Old', tone: 'calm' }))).toEqual(note(3, { words: 'Old', manner: 'calm' }))
    for (const old of [note(1, { words: 'Old' }), note(2, { words: 'Old', tone: 'calm' })])
      expect(newest.data.safeParse(upcastTo(newest, old).data).success).toBe(true)
  })

  it('is left as it is in the store, sealed texts and all', () => {
    const sealed = { v: 1, keyId: 'k', nonce: 'n', ciphertext: 'c' }
    const old = note(1, { words: sealed })
    const before = structuredClone(old)
    expect(upcastTo(newest, old).data.words).toBe(sealed)
    expect(old).toEqual(before)
  })

  it('of the newest version is itself', () => {
    const event = note(3, { words: 'New', manner: 'calm' })
    expect(upcastTo(newest, event)).toBe(event)
  })
})

describe('an event that is not known', () => {
  it('is refused: a newer version, no version at all, a type of nobody', () => {
    for (const version of [4, 0, -1, Number.NaN]) expect(() => upcastTo(newest, note(version, {}))).toThrow(UnknownEventError)
    expect(() => upcast(note(1, {}))).toThrow(UnknownEventError)
  })
})

describe('a definition', () => {
  it('has a step between any two versions', () => {
    expect(() => define('note-made', 'A note was made', z.strictObject({}), { version: 2 })).toThrow('version 2 needs 1 upcasters')
    expect(() => define('note-made', 'A note was made', z.strictObject({}), { upcasters: [(data) => data] })).toThrow('needs 0')
  })
})
