import { streamId } from '@circumspect/domain'
import type { Draft, Vault } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { newStream } from '../support/events'
import { AT, wishes } from '../support/texts'

const SAVED = '2026-03-20T12:00:00.000Z'
const WEEK_LATER = '2026-03-27T12:00:00.000Z'

const draft = (rest: Partial<Draft> = {}): Draft => ({
  id: randomUUID(), account: randomUUID(), stream: newStream(), savedAt: SAVED, until: WEEK_LATER, content: 'Words half written', ...rest,
})

/** What people have begun to write: one person's, for a while, and gone when it is done with. */
export function drafting(current: () => Vault): void {
  it('keeps what was saved last, for its own account alone', async () => {
    const first = draft()
    expect(await current().keepDraft(first)).toBe(true)
    const later = { ...first, savedAt: '2026-03-20T12:00:05.000Z', content: 'Words, and more' }
    expect(await current().keepDraft(later)).toBe(true)
    const other = draft({ account: first.account, savedAt: '2026-03-20T12:00:09.000Z' })
    await current().keepDraft(other)
    expect(await current().drafts(first.account, SAVED)).toEqual([other, later])
    expect(await current().drafts(randomUUID(), SAVED)).toEqual([])
  })

  it('leaves alone what is another account’s, under the same id too', async () => {
    const mine = draft()
    await current().keepDraft(mine)
    expect(await current().keepDraft({ ...mine, account: randomUUID(), content: 'Others’ words' })).toBe(false)
    await current().dropDraft(randomUUID(), mine.id)
    expect(await current().drafts(mine.account, SAVED)).toEqual([mine])
  })

  it('drops one, and dropping it again changes nothing', async () => {
    const [gone, stays] = [draft(), draft()]
    for (const d of [gone, { ...stays, account: gone.account }]) await current().keepDraft(d)
    for (let i = 0; i < 2; i++) await current().dropDraft(gone.account, gone.id)
    expect((await current().drafts(gone.account, SAVED)).map((d) => d.id)).toEqual([stays.id])
  })

  it('gives none that has come to its end, and deletes it with the next one saved', async () => {
    const old = draft()
    await current().keepDraft(old)
    expect(await current().drafts(old.account, '2026-03-27T11:59:59.999Z')).toHaveLength(1)
    expect(await current().drafts(old.account, WEEK_LATER)).toEqual([])
    await current().keepDraft(draft({ savedAt: WEEK_LATER, until: '2026-04-03T12:00:00.000Z' }))
    expect(await current().drafts(old.account, SAVED)).toEqual([])
  })

  it('deletes with a child what names it, and what is for its cases', async () => {
    const child = await current().childFor([])
    const stream = newStream()
    await current().seal(stream, [wishes(child)])
    const account = randomUUID()
    const stays = draft({ account })
    for (const d of [draft({ account, stream }), draft({ account, content: JSON.stringify({ child }) }), stays]) await current().keepDraft(d)
    await current().erase(child, AT, 'asked-for')
    expect(await current().drafts(account, SAVED)).toEqual([stays])
  })

  it('keeps many of one account apart', async () => {
    const account = randomUUID()
    const all = Array.from({ length: 10 }, (_, i) => draft({ account, stream: streamId('case', randomUUID()), content: `Draft ${i}` }))
    await Promise.all(all.map((d) => current().keepDraft(d)))
    expect(new Set((await current().drafts(account, SAVED)).map((d) => d.content))).toEqual(new Set(all.map((d) => d.content)))
  })
}
