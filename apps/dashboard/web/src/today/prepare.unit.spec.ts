import { WAITING, type WaitingItem } from '@circumspect/views'
import { describe, expect, it } from 'vitest'
import { dueInWords, KINDS, notTakenUp, prepareToday } from './prepare'

const item = (more: Partial<WaitingItem> = {}): WaitingItem => ({
  what: 'take-up',
  school: 's',
  case: 'c',
  child: null,
  thing: null,
  agency: '',
  review: null,
  since: '2026-03-02',
  due: '2026-03-03',
  late: 2,
  ...more,
})

describe('when something is due', () => {
  it.each([
    ['2026-03-03', 2, '2026-03-05', 'due 3 March 2026, 2 school days ago'],
    ['2026-03-04', 1, '2026-03-05', 'due 4 March 2026, 1 school day ago'],
    ['2026-03-05', 0, '2026-03-05', 'due today'],
    // On a Saturday: Friday was the day, and no school day has gone since.
    ['2026-03-06', 0, '2026-03-07', 'due 6 March 2026'],
    ['2026-03-07', 0, '2026-03-05', 'due 7 March 2026'],
    ['2026-03-09', -2, '2026-03-05', 'due 9 March 2026, in 2 school days'],
  ])('is said in words: %s', (due, late, today, words) => {
    expect(dueInWords({ due, late }, today)).toBe(words)
  })
})

describe('what waits', () => {
  const names = { s: 'Example School', k: 'Child A', a: 'A mirror at the corner' }

  it('leads to its case, and to the form that does it', () => {
    const [group] = prepareToday([{ what: 'family', total: 1, items: [item({ what: 'family', child: 'k' })] }], names, '2026-03-05', true)
    expect(group!.lines[0]).toMatchObject({
      open: '/cases/c',
      opens: 'Told 2 March 2026',
      about: 'Child A',
      school: 'Example School',
      to: '/cases/c/record/family-told',
      overdue: true,
    })
  })

  it('names the agency or the action, and the school only where there are several', () => {
    const groups = [
      { what: 'answer' as const, total: 1, items: [item({ what: 'answer', agency: 'police' })] },
      { what: 'action' as const, total: 1, items: [item({ what: 'action', case: null, thing: 'a' })] },
    ]
    const [answer, action] = prepareToday(groups, names, '2026-03-03', false)
    expect(answer!.lines[0]).toMatchObject({ about: 'Police', opens: 'Referral of 2 March 2026', school: '', overdue: false })
    expect(action!.lines[0]).toMatchObject({ about: 'A mirror at the corner', open: undefined, to: '/lessons' })
  })

  it('has words for each kind', () => {
    expect(Object.keys(KINDS).sort()).toEqual([...WAITING].sort())
  })

  it('says how many concerns nobody has taken up, and since when', () => {
    expect(notTakenUp({ what: 'take-up', total: 1, items: [item()] })).toBe('Nobody has taken up 1 concern. It was told on 2 March 2026.')
    expect(notTakenUp({ what: 'take-up', total: 2, items: [item({ since: '2026-03-04' }), item()] })).toBe(
      'Nobody has taken up 2 concerns. The oldest was told on 2 March 2026.',
    )
  })
})
