import { describe, expect, it } from 'vitest'
import { lookingOnce, type Look } from './look'

describe('one look for questions that belong together', () => {
  const views = { looks: 0, ledger: 'first', now: 0 }
  const look = () => {
    views.looks++
    return Promise.resolve({ ledger: views.ledger, state: String(views.looks) } as Look)
  }

  it('is the first, however often and for however long it is asked, while the same views are served', async () => {
    Object.assign(views, { looks: 0, ledger: 'first', now: 0 })
    const once = lookingOnce(look, () => views.now)
    for (const now of [0, 5000, 9999, 15_000, 24_000, 300_000]) {
      views.now = now
      expect((await once()).state).toBe('1')
    }
  })

  it('is refused where others are served: what it saw may be gone', async () => {
    Object.assign(views, { looks: 0, ledger: 'first', now: 0 })
    const once = lookingOnce(look, () => views.now)
    await once()
    Object.assign(views, { ledger: 'second', now: 10_000 })
    expect((await once()).ledger).toBe('first')
    views.now = 10_001
    await expect(once()).rejects.toMatchObject({ code: 'views-unavailable' })
    await expect(once()).rejects.toMatchObject({ code: 'views-unavailable' })
  })
})
