import { describe, expect, it } from 'vitest'
import { allowedDays, schoolDaysLater, WAITING, waitingItems, type Candidate } from './rules'

// Monday 2 March 2026; Thursday 5 is a training day, the weekend follows.
const CALENDAR = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-06', '2026-03-09', '2026-03-10', '2026-03-11']
const calendars = new Map([['s', CALENDAR]])
const waits = (what: Candidate['what'], since: string, more: Partial<Candidate> = {}): Candidate => ({
  what,
  school: 's',
  case: 'c',
  child: null,
  thing: null,
  agency: '',
  review: null,
  since,
  due: null,
  ...more,
})
const one = (candidate: Candidate, today: string, policies: Parameters<typeof waitingItems>[2] = []) =>
  waitingItems([candidate], calendars, policies, today)[0]!

describe('school days later', () => {
  it('are counted from the day after, over weekends and closed days', () => {
    expect(schoolDaysLater(CALENDAR, '2026-03-02', 0)).toBe('2026-03-02')
    expect(schoolDaysLater(CALENDAR, '2026-03-02', 1)).toBe('2026-03-03')
    expect(schoolDaysLater(CALENDAR, '2026-03-04', 1)).toBe('2026-03-06')
    expect(schoolDaysLater(CALENDAR, '2026-03-07', 1)).toBe('2026-03-09')
  })

  it('are weekdays beyond the calendar, and where there is none', () => {
    expect(schoolDaysLater(CALENDAR, '2026-03-11', 2)).toBe('2026-03-13')
    expect(schoolDaysLater(CALENDAR, '2026-03-10', 4)).toBe('2026-03-16')
    expect(schoolDaysLater([], '2026-03-06', 1)).toBe('2026-03-09')
    expect(schoolDaysLater(CALENDAR, '2026-03-13', 1)).toBe('2026-03-16')
  })
})

describe('the policy of a school', () => {
  const policies = [
    { school: 's', what: 'referralAnswer', from: '2026-03-03', days: 5 },
    { school: 's', what: 'referralAnswer', from: '2026-03-09', days: 2 },
    { school: 'other', what: 'referralAnswer', from: '2026-01-01', days: 9 },
  ]
  it('is the last in force on the day, else what is usual', () => {
    expect(allowedDays(policies, 's', 'referralAnswer', '2026-03-02')).toBe(3)
    expect(allowedDays(policies, 's', 'referralAnswer', '2026-03-03')).toBe(5)
    expect(allowedDays(policies, 's', 'referralAnswer', '2026-03-09')).toBe(2)
    expect(allowedDays(policies, 's', 'takenUp', '2026-03-09')).toBe(1)
  })
})

describe('what waits', () => {
  it('is due by policy: early the day before, not late on the day, late the day after', () => {
    expect(one(waits('answer', '2026-03-02'), '2026-03-04')).toMatchObject({ due: '2026-03-06', late: -1 })
    expect(one(waits('answer', '2026-03-02'), '2026-03-06')).toMatchObject({ due: '2026-03-06', late: 0 })
    expect(one(waits('answer', '2026-03-02'), '2026-03-08')).toMatchObject({ late: 0 })
    expect(one(waits('answer', '2026-03-02'), '2026-03-09')).toMatchObject({ late: 1 })
  })

  it('is due as each kind has it', () => {
    const due = (what: Candidate['what'], more?: Partial<Candidate>) => one(waits(what, '2026-03-02', more), '2026-03-02').due
    expect(due('take-up')).toBe('2026-03-03')
    expect(due('referral')).toBe('2026-03-02')
    expect(due('risk-assessment')).toBe('2026-03-03')
    expect(due('risk-again')).toBe('2026-03-03')
    expect(due('family')).toBe('2026-03-03')
    expect(due('circumstances')).toBe(schoolDaysLater(CALENDAR, '2026-03-02', 20))
    expect(due('safety-review')).toBe(schoolDaysLater(CALENDAR, '2026-03-02', 30))
  })

  it('is due on the day that was set, where one was', () => {
    for (const what of ['safety-review', 'risk-review', 'support-review', 'aftercare', 'action'] as const)
      expect(one(waits(what, '2026-03-02', { due: '2026-03-05' }), '2026-03-09')).toMatchObject({ due: '2026-03-05', late: 2 })
  })

  it('stands in the order of urgency, and of one kind what was due first, first', () => {
    const all = [...WAITING]
      .reverse()
      .flatMap((what) => [
        waits(what, '2026-03-09', { due: '2026-03-10', case: 'b' }),
        waits(what, '2026-03-03', { due: '2026-03-04', case: 'a' }),
      ])
    const items = waitingItems(all, calendars, [], '2026-03-11')
    expect([...new Set(items.map((i) => i.what))]).toEqual(WAITING)
    expect(items.slice(0, 2).map((i) => i.case)).toEqual(['a', 'b'])
  })
})
