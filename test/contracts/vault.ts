import { isSealed, mapTexts, textsOf, type JsonObject, type NewEvent, type StreamId } from '@circumspect/domain'
import { ConflictingReferencesError, ErasedChildError, TamperedTextError, type Vault } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newStream } from '../support/events'
import { AT, fact, disclosure, wishes, entry, kept, legible, reference } from '../support/texts'
import { keepingAccounts } from './vault-accounts'
import { drafting } from './vault-drafts'
import { about, erasing, joint, replaying } from './vault-erasure'

export interface VaultUnderTest {
  readonly vault: Vault
  /** Closes the vault and opens it again on the same data. */
  readonly reopen: () => Promise<Vault>
  /** Opens a copy of the vault as it is now, as a backup of it would be restored. The suite closes it. */
  readonly copy: () => Promise<Vault>
  readonly end: () => Promise<void>
}

/** What any vault has to do. It may hold something already; the whole suite runs on one. */
export function describeVault(name: string, factory: () => Promise<VaultUnderTest>): void {
  describe(`the vault on ${name}`, () => {
    let opened: VaultUnderTest
    let vault: Vault
    beforeAll(async () => {
      opened = await factory()
      vault = opened.vault
    })
    afterAll(() => opened.end())
    const current = () => vault

    describe('children', () => children(current))
    describe('sealing', () => sealing(current))
    describe('the same or not', () => sameness(current))
    describe('erasing', () => erasing(current))
    describe('texts about several children', () => joint(current))
    describe('who a text is about', () => about(current))
    describe('what else it keeps', () => otherwise(current))
    describe('drafts', () => drafting(current))
    describe('accounts', () => keepingAccounts(current))
    it('repeats erasures in a restored backup', () => replaying(current(), opened.copy))
    it('keeps everything when it is closed and opened again', async () => {
      vault = await keeping(vault, opened.reopen)
    })
  })
}

function children(current: () => Vault): void {
  it('gives a new reference a new random id, and a known one the id it has', async () => {
    const [one, other] = [reference(), reference()]
    const child = await current().childFor([one])
    expect(child).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await current().childFor([one])).toBe(child)
    expect(await current().childFor([other])).not.toBe(child)
    expect(await current().findChild(one)).toBe(child)
    expect(await current().findChild(reference())).toBeUndefined()
    expect(await current().knowsChild(child)).toBe(true)
    expect(await current().knowsChild(randomUUID())).toBe(false)
  })

  it('takes a reference for the same however it is typed, and for another under another scheme or issuer', async () => {
    const value = `A 12-${randomUUID()}`
    const child = await current().childFor([reference(value)])
    for (const typed of [`  ${value} `, value.toLowerCase(), value.replace(' ', ''), value.replace('A', '\uff21'), value.replace(' ', '\u00a0\t')])
      expect(await current().childFor([reference(typed)]), typed).toBe(child)
    expect(await current().findChild(reference(value, 'mis-id'))).toBeUndefined()
    expect(await current().findChild({ ...reference(value), issuer: 'example-mis' })).toBeUndefined()
  })

  it('joins two references of one child, in any order, and refuses those of two', async () => {
    const [upn, mis, other] = [reference(), reference(undefined, 'mis-id'), reference()]
    const child = await current().childFor([upn])
    expect(await current().childFor([mis, upn])).toBe(child)
    expect(await current().findChild(mis)).toBe(child)
    const second = await current().childFor([other])
    const fresh = reference()
    await expect(current().childFor([fresh, mis, other])).rejects.toThrow(ConflictingReferencesError)
    expect(await current().findChild(fresh)).toBeUndefined()
    expect(await current().findChild(other)).toBe(second)
  })

  it('gives one id to 20 who ask for one new reference at once', async () => {
    const asked = reference()
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => current().childFor([asked])))).size).toBe(1)
  })

  it('keeps what people call a child, and adds to it', async () => {
    const asked = reference()
    const child = await current().childFor([asked])
    expect(await current().details(child)).toBeUndefined()
    await current().childFor([asked], { name: 'Child A' })
    await current().childFor([asked], { dateOfBirth: '2015-09-01' })
    expect(await current().details(child)).toEqual({ name: 'Child A', dateOfBirth: '2015-09-01' })
    expect(await current().details(randomUUID())).toBeUndefined()
  })

  it('finds children by what is known of them, and none of whom nothing is', async () => {
    const name = `Child ${randomUUID()}`
    const made = await Promise.all(Array.from({ length: 3 }, () => current().childFor([reference()], { name })))
    await current().childFor([reference()])
    const like = (most: number) => current().childrenLike((details) => details.name === name, most)
    expect([...(await like(10))].sort()).toEqual([...made].sort())
    expect(await like(2)).toHaveLength(2)
    await current().erase(made[0]!, AT, 'asked-for')
    expect([...(await like(10))].sort()).toEqual(made.slice(1).sort())
  })
}

function sealing(current: () => Vault): void {
  const stream = newStream()
  const whole = () =>
    fact(
      'protective-action-taken',
      { child: randomUUID(), action: 'safe-space', by: 'Words one', note: 'Words two \ud83d\ude00 é' },
      { reason: 'Words three', source: { system: 'a-system', record: 'Words four', recordedAt: AT } },
    )

  it('seals every text, changes nothing else, and opens to what it was', async () => {
    const event = whole()
    const before = structuredClone(event)
    const [sealed] = (await current().seal(stream, [event])) as [NewEvent]
    expect(event).toEqual(before)
    expect(JSON.stringify(sealed)).not.toMatch(/Words/)
    expect(legible(sealed)).toEqual(['reason', 'source.record', 'data.by', 'data.note'])
    expect(textsOf(sealed).every((text) => isSealed(text.value))).toBe(true)
    expect(mapTexts(sealed, () => undefined)).toEqual(mapTexts(event, () => undefined))
    expect(await current().open(stream, kept(stream, sealed))).toEqual(kept(stream, event))
  })

  it('gives each text a key of its own, and each sealing other keys', async () => {
    const event = whole()
    const sealings = [...(await current().seal(stream, [event])), ...(await current().seal(stream, [event]))]
    const sealed = sealings.flatMap((e) => textsOf(e).map((t) => t.value)).filter(isSealed)
    for (const part of ['keyId', 'nonce', 'ciphertext'] as const) expect(new Set(sealed.map((s) => s[part])).size, part).toBe(8)
    for (const one of sealings) expect(await current().open(stream, one)).toEqual(event)
  })

  it('seals a batch in its order, and 50 batches that come at once each for itself', async () => {
    const events = (i: number) => [disclosure(`First ${i}`), entry([randomUUID()], `Second ${i}`)]
    const batches = Array.from({ length: 50 }, (_, i) => ({ on: newStream(), events: events(i) }))
    const sealed = await Promise.all(batches.map(({ on, events }) => current().seal(on, events)))
    for (const [i, { on, events }] of batches.entries()) {
      expect(sealed[i]!.map((e) => e.id)).toEqual(events.map((e) => e.id))
      for (const [j, event] of events.entries()) expect(await current().open(on, sealed[i]![j]!)).toEqual(event)
    }
  })

  it('seals nothing of a batch that it refuses', async () => {
    const [on, child] = [newStream(), randomUUID()]
    const erased = randomUUID()
    await current().erase(erased, AT, 'asked-for')
    await expect(current().seal(on, [entry([child]), wishes(erased)])).rejects.toThrow(ErasedChildError)
    expect((await current().erase(child, AT, 'asked-for')).keysDestroyed).toBe(0)
  })

  it('seals nothing twice', async () => {
    const sealed = await current().seal(stream, [disclosure()])
    await expect(current().seal(stream, sealed)).rejects.toThrow('data.summary is sealed already')
  })

  it('says of a text that was changed, or stands in another place, where it is and not what', async () => {
    const event = whole()
    const [sealed] = (await current().seal(stream, [event])) as [NewEvent]
    const note = sealed.data.note as { keyId: string; nonce: string; ciphertext: string }
    const flipped = Buffer.from(note.ciphertext, 'base64url')
    flipped[0]! ^= 1
    const elsewhere = newStream()
    const noted = (other: object): NewEvent => ({ ...sealed, data: { ...sealed.data, note: { ...note, ...other } } })
    const cases: [string, StreamId, NewEvent][] = [
      ['changed', stream, noted({ ciphertext: flipped.toString('base64url') })],
      ['cut', stream, noted({ ciphertext: '' })],
      ['in another field', stream, noted(sealed.data.by as object)],
      ['under another key', stream, noted({ keyId: (sealed.data.by as typeof note).keyId })],
      ['in another event', stream, { ...sealed, id: randomUUID() }],
      ['on another stream', elsewhere, sealed],
    ]
    for (const [what, on, tampered] of cases) {
      const error = await current().open(on, tampered).then(() => expect.fail(`opened: ${what}`), (e: unknown) => e)
      expect(error, what).toBeInstanceOf(TamperedTextError)
      expect(String(error)).toContain(on)
      expect(String(error)).toContain(tampered.id)
      expect(String(error)).toMatch(/data\.(note|by)|reason/)
      expect(String(error)).not.toMatch(/Words/)
    }
  })

  it('opens what never had a key, or has lost it, to nothing', async () => {
    const [sealed] = (await current().seal(stream, [whole()])) as [NewEvent]
    const lost: JsonObject = { ...(sealed.data.note as JsonObject), keyId: randomUUID() }
    const open = await current().open(stream, { ...sealed, data: { ...sealed.data, note: lost } })
    expect(legible(open)).toEqual(['reason', 'source.record', 'data.by'])
  })
}

function sameness(current: () => Vault): void {
  const stream = newStream()
  const source = { system: 'a-system', record: 'Key 1' }
  const data = () => ({ child: randomUUID(), action: 'safe-space', by: 'A name' })
  const event = () => fact('protective-action-taken', data(), { reason: 'Why', source })

  it('knows a repeat, whatever the recorder wrote and however keys are ordered', async () => {
    const said = event()
    const [sealed] = (await current().seal(stream, [{ ...said, original: { id: randomUUID(), revision: 2 } }])) as [NewEvent]
    const reversed = Object.fromEntries(Object.entries(said.data).reverse())
    const again: NewEvent = { ...said, recordedAt: '', recordedBy: '', school: '', data: reversed }
    expect(await current().isSame(kept(stream, sealed), again)).toBe(true)
    const withdrawal = fact('fact-withdrawn', { event: said.id, effect: 'withdrawn' }, { reason: 'Why' })
    const [taken] = (await current().seal(stream, [withdrawal])) as [NewEvent]
    expect(await current().isSame(kept(stream, taken), { ...withdrawal, data: { event: said.id } })).toBe(true)
  })

  it('knows other content under the same id', async () => {
    const said = event()
    const [sealed] = (await current().seal(stream, [said])) as [NewEvent]
    const others: Partial<NewEvent>[] = [
      { data: { ...said.data, by: 'Another name' } }, { data: { ...said.data, action: 'kept-apart-on-site' } },
      { data: { ...said.data, note: 'More' } }, { reason: 'Not that' }, { source: { system: 'a-system', record: 'Key 2' } },
      { occurredAt: { ...said.occurredAt, date: '2026-01-29' } }, { supersedes: randomUUID() }, { type: 'family-told' }, { id: randomUUID() },
    ]
    for (const other of others)
      expect(await current().isSame(kept(stream, sealed), { ...said, ...other }), Object.keys(other).join()).toBe(false)
    const { reason: _, ...silent } = said
    expect(await current().isSame(kept(stream, sealed), silent)).toBe(false)
  })

  it('compares with the sealing that landed, where two came with other content under one id', async () => {
    for (const [one, other] of [
      [event(), (e: NewEvent) => ({ ...e, data: { ...e.data, by: 'Another name' } })],
      [fact('case-closed', {}), (e: NewEvent) => ({ ...e, occurredAt: { ...e.occurredAt, date: '2026-01-29' } })],
    ] as [NewEvent, (e: NewEvent) => NewEvent][]) {
      const clash = other(one)
      const [a, b] = (await Promise.all([one, clash].map(async (e) => (await current().seal(stream, [e]))[0]!))) as [NewEvent, NewEvent]
      expect(await current().isSame(kept(stream, a), one)).toBe(true)
      expect(await current().isSame(kept(stream, a), clash)).toBe(false)
      expect(await current().isSame(kept(stream, b), clash)).toBe(true)
      expect(await current().isSame(kept(stream, b), one)).toBe(false)
    }
  })

  it('compares after an erasure what can still be read', async () => {
    const on = newStream()
    const [child, other] = [randomUUID(), randomUUID()]
    const said = fact('protective-action-taken', { child, action: 'safe-space', by: 'A name', note: 'Of the child' })
    const [sealed] = (await current().seal(on, [said, entry([other])])) as [NewEvent]
    await current().erase(child, AT, 'asked-for')
    expect(legible(await current().open(on, sealed))).toEqual(['data.by'])
    expect(await current().isSame(kept(on, sealed), said)).toBe(true)
    expect(await current().isSame(kept(on, sealed), { ...said, data: { ...said.data, by: 'Another name' } })).toBe(false)
    expect(await current().isSame(kept(on, sealed), { ...said, data: { ...said.data, action: 'kept-apart-on-site' } })).toBe(false)
    expect(await current().isSame(kept(on, sealed), { ...said, reason: 'New' })).toBe(false)
  })
}

function otherwise(current: () => Vault): void {
  it('signs with one key pair, whoever asks first', async () => {
    const pairs = await Promise.all(Array.from({ length: 5 }, () => current().signingKeys()))
    const written = pairs.map((p) => p.publicKey.export({ type: 'spki', format: 'pem' }))
    expect(new Set(written).size).toBe(1)
    expect(pairs[0]!.privateKey.asymmetricKeyType).toBe('ed25519')
  })

  it('keeps the first note of each size, in the order of size', async () => {
    const before = await current().notes()
    await current().keepNote(1_000_002, 'second')
    await current().keepNote(1_000_001, 'first')
    await current().keepNote(1_000_002, 'another second')
    expect(await current().notes()).toEqual([...before, 'first', 'second'])
  })

  it('makes the same id of the same names, told apart whatever they contain', async () => {
    const make = await current().idMaker()
    const again = await current().idMaker()
    expect(make('a', 'bc')).toBe(again('a', 'bc'))
    expect(new Set([make('a', 'bc'), make('ab', 'c'), make('abc'), make('a,bc'), make('a', 'b', 'c')]).size).toBe(5)
    expect(make('a', 'bc')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('keeps which cases came from which source, each once', async () => {
    const [source, one, other] = [randomUUID(), randomUUID(), randomUUID()]
    for (const id of [one, other, one]) await current().noteImported(source, id)
    expect(new Set(await current().imported(source))).toEqual(new Set([one, other]))
    expect(await current().imported(source)).toHaveLength(2)
    expect(await current().imported(randomUUID())).toEqual([])
  })

  it('keeps what was parked, each position once, in order', async () => {
    const [one, other] = [randomUUID(), randomUUID()]
    await current().park({ position: 1_000_009, eventId: other, reason: 'a reason' })
    await current().park({ position: 1_000_008, eventId: one, reason: 'a reason' })
    await current().park({ position: 1_000_009, eventId: other, reason: 'another reason' })
    expect((await current().parked()).filter((p) => p.position >= 1_000_000)).toEqual([
      { position: 1_000_008, eventId: one, reason: 'a reason' },
      { position: 1_000_009, eventId: other, reason: 'another reason' },
    ])
  })
}

async function keeping(vault: Vault, reopen: () => Promise<Vault>): Promise<Vault> {
  const stream = newStream()
  const asked = reference()
  const child = await vault.childFor([asked], { name: 'Child A' })
  const event = wishes(child)
  const [sealed] = (await vault.seal(stream, [event])) as [NewEvent]
  await vault.keepAccount({ id: randomUUID(), role: 'governor', schools: [randomUUID()], name: 'Somebody (made up)' })
  const state = async (of: Vault) => ({
    child: await of.findChild(asked), details: await of.details(child),
    event: await of.open(stream, sealed), same: await of.isSame(kept(stream, sealed), event),
    erasures: await of.erasures(), notes: await of.notes(), parked: await of.parked(), accounts: await of.accounts(), id: (await of.idMaker())('a'),
    key: (await of.signingKeys()).publicKey.export({ type: 'spki', format: 'pem' }),
  })
  const before = await state(vault)
  expect(before).toMatchObject({ child, details: { name: 'Child A' }, event, same: true })
  const again = await reopen()
  expect(await state(again)).toEqual(before)
  return again
}
