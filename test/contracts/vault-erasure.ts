import { isSealed, parseStream, streamId, type NewEvent, type StreamId } from '@circumspect/domain'
import { ErasedChildError, type Erasure, type Vault } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { newStream } from '../support/events'
import { AT, fact, disclosure, wishes, entry, replacing, legible, reference, review, kept } from '../support/texts'

export function erasing(current: () => Vault): void {
  it('destroys the texts about this child alone, and forgets who it was', async () => {
    const stream = newStream()
    const references = [reference(), reference(undefined, 'mis-id')]
    const child = await current().childFor(references, { name: 'Child A' })
    const other = await current().childFor([reference()], { name: 'Child B' })
    const events = [wishes(child), wishes(other)]
    const sealed = await current().seal(stream, events)
    const erasure = await current().erase(child, AT, 'retention-ended')
    expect(erasure).toEqual({ child, erasedAt: AT, reason: 'retention-ended', keysDestroyed: 1, toRedact: [] })
    const [own, others] = await Promise.all(sealed.map((e) => current().open(stream, e)))
    expect(legible(own!)).toEqual([])
    expect(own).toMatchObject({ id: events[0]!.id, data: { child, consent: 'given', anonymityAsked: false } })
    expect(others).toEqual(events[1])
    expect(await current().knowsChild(child)).toBe(false)
    expect(await current().details(child)).toBeUndefined()
    for (const r of references) expect(await current().findChild(r)).toBeUndefined()
    expect(await current().details(other)).toEqual({ name: 'Child B' })
  })

  it('leaves a tombstone: nothing more is sealed about the child, and its reference makes another child', async () => {
    const asked = reference()
    const child = await current().childFor([asked])
    await current().erase(child, AT, 'asked-for')
    await expect(current().seal(newStream(), [wishes(child)])).rejects.toMatchObject({ code: 'child-erased', child })
    await expect(current().seal(newStream(), [entry([randomUUID(), child])])).rejects.toThrow(ErasedChildError)
    const next = await current().childFor([asked])
    expect(next).not.toBe(child)
    expect(await current().knowsChild(child)).toBe(false)
    expect(await current().seal(newStream(), [wishes(next)])).toHaveLength(1)
  })

  it('can be repeated, and keeps the time and the reason of the first', async () => {
    const child = randomUUID()
    const [sealed] = (await current().seal(newStream(), [wishes(child)])) as [NewEvent]
    const first = await current().erase(child, AT, 'ordered')
    expect(await current().erase(child, '2027-01-01T00:00:00.000Z', 'asked-for')).toEqual(first)
    expect((await current().erasures()).filter((e) => e.child === child)).toEqual([first])
    expect(isSealed(sealed.data.wishes)).toBe(true)
  })

  it('erases a child that it has never heard of, so that it never will', async () => {
    const child = randomUUID()
    expect(await current().erase(child, AT, 'asked-for')).toMatchObject({ child, keysDestroyed: 0, toRedact: [] })
    await expect(current().seal(newStream(), [wishes(child)])).rejects.toThrow(ErasedChildError)
  })
}

export function joint(current: () => Vault): void {
  /** A case of children A and B with a text about both, and one about the case. */
  const written = async () => {
    const stream = newStream()
    const [a, b] = [randomUUID(), randomUUID()]
    const events = [disclosure(), entry([a, b])] as const
    const sealed = await current().seal(stream, events)
    await current().afterAppend(stream, sealed)
    const read = async (i: number) => legible(await current().open(stream, sealed[i]!))
    return { stream, a, b, events, sealed, read }
  }
  const erasureOf = async (child: string) => (await current().erasures()).find((e) => e.child === child)!
  const toRedact = async (child: string) => (await erasureOf(child)).toRedact.map(({ eventId, field }) => `${eventId} ${field}`)

  it('stay readable when one of them is erased, and are listed to be redacted', async () => {
    const { stream, a, events, read } = await written()
    const erasure = await current().erase(a, AT, 'asked-for')
    expect(erasure.keysDestroyed).toBe(0)
    expect(new Set(erasure.toRedact)).toEqual(
      new Set([{ stream, eventId: events[0].id, field: 'data.summary' }, { stream, eventId: events[1].id, field: 'data.detail' }]),
    )
    expect([await read(0), await read(1)]).toEqual([['data.summary'], ['data.detail']])
  })

  it('are listed once, however often they were sealed', async () => {
    const { stream, a, events } = await written()
    await current().seal(stream, events)
    expect((await current().erase(a, AT, 'asked-for')).toRedact).toHaveLength(2)
  })

  it('go when the last of them is erased', async () => {
    const { a, b, read } = await written()
    await current().erase(a, AT, 'asked-for')
    expect(await current().erase(b, AT, 'asked-for')).toMatchObject({ keysDestroyed: 2, toRedact: [] })
    expect(await toRedact(a)).toEqual([])
    expect([await read(0), await read(1)]).toEqual([[], []])
  })

  it('go when a redacted text supersedes them, which is about the others alone', async () => {
    const { stream, a, b, events, read } = await written()
    await current().erase(a, AT, 'asked-for')
    const redacted = replacing(events[1], { children: [b], detail: 'Without a word of the other' })
    const sealed = await current().seal(stream, [redacted])
    expect(await read(1)).toEqual(['data.detail'])
    await current().afterAppend(stream, sealed)
    expect(await read(1)).toEqual([])
    expect(await toRedact(a)).toEqual([`${events[0].id} data.summary`])
    expect(await current().open(stream, sealed[0]!)).toEqual(redacted)
    await current().afterAppend(stream, await current().seal(stream, [replacing(events[0])]))
    expect(await toRedact(a)).toEqual([])
    expect((await erasureOf(a)).keysDestroyed).toBe(2)
  })

  it('go at once where they had been superseded before', async () => {
    const { stream, a, events, read } = await written()
    const [second] = (await current().seal(stream, [replacing(events[1])])) as [NewEvent]
    await current().afterAppend(stream, [second])
    expect(await read(1)).toEqual(['data.detail'])
    await current().erase(a, AT, 'asked-for')
    expect(await read(1)).toEqual([])
    expect((await toRedact(a)).sort()).toEqual([`${events[0].id} data.summary`, `${second.id} data.detail`, `${second.id} reason`].sort())
  })

  it('of no erased child outlive their correction', async () => {
    const { stream, events, read } = await written()
    await current().erase(randomUUID(), AT, 'asked-for')
    await current().afterAppend(stream, await current().seal(stream, [replacing(events[1])]))
    expect(await read(1)).toEqual(['data.detail'])
  })

  it('can be redacted where the fact names the erased child, as long as no text is about it', async () => {
    const { stream, a } = await written()
    const action = fact('protective-action-taken', { child: a, action: 'safe-space', by: 'A name' })
    await current().afterAppend(stream, await current().seal(stream, [action]))
    await current().erase(a, AT, 'asked-for')
    expect(await toRedact(a)).toContain(`${action.id} data.by`)
    const { by: _, ...codes } = action.data
    for (const refused of [replacing(action, { ...codes, note: 'About the erased child' }), { ...action, id: randomUUID(), data: codes }])
      await expect(current().seal(stream, [refused])).rejects.toThrow(ErasedChildError)
    const redacted = await current().seal(stream, [replacing(action, codes)])
    await current().afterAppend(stream, redacted)
    expect((await toRedact(a)).filter((text) => text.startsWith(action.id) || text.startsWith(redacted[0]!.id))).toEqual([])
  })
}

export function about(current: () => Vault): void {
  const left = (stream: StreamId, sealed: readonly NewEvent[]) =>
    Promise.all(sealed.map(async (event) => legible(await current().open(stream, event))))

  it('a text about the case is about the children who come later too', async () => {
    const [stream, a, b] = [newStream(), randomUUID(), randomUUID()]
    const first = await current().seal(stream, [disclosure(), entry([a])])
    const later = await current().seal(stream, [entry([b])])
    expect((await current().erase(a, AT, 'asked-for')).toRedact).toEqual([{ stream, eventId: first[0]!.id, field: 'data.summary' }])
    expect(await left(stream, [...first, ...later])).toEqual([['data.summary'], [], ['data.detail']])
    await current().erase(b, AT, 'asked-for')
    expect(await left(stream, [...first, ...later])).toEqual([[], [], []])
  })

  it('and not about one who was erased before it was written', async () => {
    const [stream, a, b] = [newStream(), randomUUID(), randomUUID()]
    await current().seal(stream, [entry([a, b])])
    await current().erase(a, AT, 'asked-for')
    const [later] = (await current().seal(stream, [disclosure()])) as [NewEvent]
    expect((await current().erasures()).find((e) => e.child === a)!.toRedact.map((t) => t.eventId)).not.toContain(later.id)
    await current().erase(b, AT, 'asked-for')
    expect(await left(stream, [later])).toEqual([[]])
  })

  it('nor about one whom a correction names who was erased before it came into the stream', async () => {
    const [stream, erased] = [newStream(), randomUUID()]
    await current().erase(erased, AT, 'asked-for')
    const [first] = (await current().seal(stream, [disclosure()])) as [NewEvent]
    const { reason: _, ...silent } = replacing(wishes(erased), { child: erased, consent: 'given', anonymityAsked: false })
    await current().seal(stream, [silent])
    expect((await current().erasures()).find((e) => e.child === erased)!.toRedact).toEqual([])
    expect(await left(stream, [first])).toEqual([['data.summary']])
  })

  it('a case without children keeps its texts, and no case has those of another', async () => {
    const [stream, child] = [newStream(), randomUUID()]
    const sealed = await current().seal(stream, [disclosure()])
    await current().seal(newStream(), [entry([child])])
    await current().erase(child, AT, 'asked-for')
    expect(await left(stream, sealed)).toEqual([['data.summary']])
  })

  it('a text about a school is about no child', async () => {
    const reviewStream = streamId('review', randomUUID())
    const lesson = fact('lesson-recorded', { lesson: randomUUID(), theme: 'supervision', learnt: 'What was learnt' })
    const [stream, child] = [newStream(), randomUUID()]
    await current().seal(stream, [entry([child])])
    const sealed = await current().seal(reviewStream, [review(parseStream(stream).id), lesson])
    await current().erase(child, AT, 'asked-for')
    expect(await left(reviewStream, sealed)).toEqual([[], ['data.learnt']])
  })

  it('a review is about the children of its case, those who come later too', async () => {
    const [stream, reviewStream, child] = [newStream(), streamId('review', randomUUID()), randomUUID()]
    const sealed = await current().seal(reviewStream, [review(parseStream(stream).id)])
    await current().seal(stream, [entry([child])])
    await current().erase(child, AT, 'asked-for')
    expect(await left(reviewStream, sealed)).toEqual([[]])
  })

  it('all on the stream of a child is about that child', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    const stream = streamId('child', a)
    const source = { system: 'a-system', record: 'Key' }
    const enrolled = fact('child-enrolled', { at: randomUUID(), from: '2025-09-03', dual: false }, { source })
    const linked = fact('child-linked', { sameAs: b, grounds: 'The same number' })
    const alone = await current().seal(stream, [enrolled])
    expect((await current().erase(a, AT, 'asked-for')).keysDestroyed).toBe(1)
    expect(await left(stream, alone)).toEqual([[]])
    for (const event of [enrolled, replacing(enrolled)])
      await expect(current().seal(stream, [event])).rejects.toMatchObject({ code: 'child-erased', child: a })

    const c = randomUUID()
    const together = await current().seal(streamId('child', c), [linked])
    await current().erase(c, AT, 'asked-for')
    expect(await left(streamId('child', c), together)).toEqual([['data.grounds']])
    await current().erase(b, AT, 'asked-for')
    expect(await left(streamId('child', c), together)).toEqual([[]])

    const [d, e] = [randomUUID(), randomUUID()]
    const joined = await current().seal(streamId('child', d), [{ ...linked, id: randomUUID(), data: { ...linked.data, sameAs: e } }])
    expect((await current().erase(e, AT, 'asked-for')).toRedact.map((text) => text.field)).toEqual(['data.grounds'])
    expect(await left(streamId('child', d), joined)).toEqual([['data.grounds']])
  })
}

export async function replaying(vault: Vault, copy: () => Promise<Vault>): Promise<void> {
  const [stream, reviewed] = [newStream(), streamId('review', randomUUID())]
  const [asked, came] = [reference(), reference()]
  const [child, later, other] = [await vault.childFor([asked]), await vault.childFor([came]), randomUUID()]
  const events = [wishes(child), entry([child, other]), disclosure()] as const
  const sealed = await vault.seal(stream, events)
  const restored = await copy()
  try {
    // Since the backup: one came into the case, another is erased, and what was said of both others is redacted.
    const since = [...(await vault.seal(stream, [wishes(later)])), ...(await vault.seal(reviewed, [review(parseStream(stream).id)]))]
    await vault.erase(child, AT, 'ordered')
    await vault.erase(later, AT, 'asked-for')
    const redaction = await vault.seal(stream, [replacing(events[1], { children: [other], detail: 'Redacted' })])
    await vault.afterAppend(stream, redaction)
    expect(await restored.findChild(asked)).toBe(child)
    expect(legible(await restored.open(stream, sealed[0]!))).toEqual(['data.wishes'])

    const erasures = await vault.erasures()
    for (let i = 0; i < 2; i++) {
      await restored.relearn(stream, [...sealed, since[0]!, ...redaction].map((event) => kept(stream, event)))
      await restored.relearn(reviewed, [kept(reviewed, since[1]!)])
      await restored.replayErasures(erasures)
      const ofThese = async (from: Vault) => (await from.erasures()).filter((e) => [child, later].includes(e.child))
      const listed = (all: readonly Erasure[]) => all.map(({ toRedact, ...e }) => [e.child, e.erasedAt, e.reason, toRedact.filter((t) => t.stream === stream && t.eventId === events[2].id)])
      expect(listed(await ofThese(restored))).toEqual(listed(await ofThese(vault)))
      // The text about the case is about the child who came after the backup, too.
      expect((await ofThese(restored)).find((e) => e.child === later)?.toRedact).toEqual([{ stream, eventId: events[2].id, field: 'data.summary' }])
    }
    expect((await restored.erasures()).map((e) => e.child)).toEqual(erasures.map((e) => e.child))
    expect([await restored.findChild(asked), await restored.findChild(came)]).toEqual([undefined, undefined])
    expect(await Promise.all(sealed.map(async (event) => legible(await restored.open(stream, event))))).toEqual([[], [], ['data.summary']])
    await expect(restored.seal(stream, [wishes(child)])).rejects.toThrow(ErasedChildError)
  } finally {
    await restored.close()
  }
}
