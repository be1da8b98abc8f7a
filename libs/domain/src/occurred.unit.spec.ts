import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantsOf, isFuture, LONG_AGO, minuteOf, occurredAtSchema, PRECISIONS, weekdayOf, ZONES, type OccurredAt } from './occurred'

const range = (at: Partial<OccurredAt>) => {
  const { earliest, latest } = instantsOf({ date: '2026-01-15', zone: 'Europe/London', precision: 'day', ...at })
  return [new Date(earliest).toISOString(), new Date(latest).toISOString()]
}

describe('the range of a time', () => {
  it.each<[string, Partial<OccurredAt>, string, string]>([
    ['a minute in winter', { time: '10:45', precision: 'minute' }, '2026-01-15T10:45:00.000Z', '2026-01-15T10:45:59.999Z'],
    [
      'a minute in summer',
      { date: '2026-07-15', time: '10:45', precision: 'minute' },
      '2026-07-15T09:45:00.000Z',
      '2026-07-15T09:45:59.999Z',
    ],
    ['an hour', { time: '10:00', precision: 'hour' }, '2026-01-15T10:00:00.000Z', '2026-01-15T10:59:59.999Z'],
    ['an hour that starts off the hour', { time: '10:30', precision: 'hour' }, '2026-01-15T10:30:00.000Z', '2026-01-15T11:29:59.999Z'],
    ['a slot is no closer than its day', { precision: 'slot' }, '2026-01-15T00:00:00.000Z', '2026-01-15T23:59:59.999Z'],
    ['a day in summer', { date: '2026-07-15' }, '2026-07-14T23:00:00.000Z', '2026-07-15T22:59:59.999Z'],
    [
      'a month over the change of clocks',
      { date: '2026-03-15', precision: 'month' },
      '2026-03-01T00:00:00.000Z',
      '2026-03-31T22:59:59.999Z',
    ],
    ['February', { date: '2024-02-29', precision: 'month' }, '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['some time until a day', { precision: 'unknown' }, '1900-01-01T00:00:00.000Z', '2026-01-15T23:59:59.999Z'],
    ['midnight', { time: '00:00', precision: 'minute' }, '2026-01-15T00:00:00.000Z', '2026-01-15T00:00:59.999Z'],
    [
      'Chicago in winter',
      { time: '10:45', precision: 'minute', zone: 'America/Chicago' },
      '2026-01-15T16:45:00.000Z',
      '2026-01-15T16:45:59.999Z',
    ],
    [
      'UTC',
      { date: '2026-07-15', time: '10:45', precision: 'minute', zone: 'UTC' },
      '2026-07-15T10:45:00.000Z',
      '2026-07-15T10:45:59.999Z',
    ],
  ])('%s', (_, at, earliest, latest) => {
    expect(range(at)).toEqual([earliest, latest])
  })
})

describe('when the clocks change in London', () => {
  it('the day they go forward has 23 hours, the day they go back 25', () => {
    expect(range({ date: '2026-03-29' })).toEqual(['2026-03-29T00:00:00.000Z', '2026-03-29T22:59:59.999Z'])
    expect(range({ date: '2026-10-25' })).toEqual(['2026-10-24T23:00:00.000Z', '2026-10-25T23:59:59.999Z'])
  })

  it('a time that came twice can be either', () => {
    expect(range({ date: '2026-10-25', time: '01:30', precision: 'minute' })).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:59.999Z',
    ])
    expect(range({ date: '2026-10-25', time: '02:00', precision: 'minute' })).toEqual([
      '2026-10-25T02:00:00.000Z',
      '2026-10-25T02:00:59.999Z',
    ])
    expect(range({ date: '2026-10-25', time: '00:59', precision: 'minute' })).toEqual([
      '2026-10-24T23:59:00.000Z',
      '2026-10-24T23:59:59.999Z',
    ])
  })

  it('a time that never came is read as the clock that was not yet put forward', () => {
    expect(range({ date: '2026-03-29', time: '01:30', precision: 'minute' })).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-29T01:30:59.999Z',
    ])
  })
})

describe('any time', () => {
  const any = fc
    .record({
      date: fc
        .date({ min: new Date('1900-01-01'), max: new Date('2199-12-30'), noInvalidDate: true })
        .map((d) => d.toISOString().slice(0, 10)),
      time: fc
        .integer({ min: 0, max: 1439 })
        .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`),
      zone: fc.constantFrom(...ZONES),
      precision: fc.constantFrom(...PRECISIONS),
    })
    .map(({ time, ...at }): OccurredAt => (at.precision === 'minute' || at.precision === 'hour' ? { ...at, time } : at))

  it('has a range of whole milliseconds that is not empty, and passes its own schema', () => {
    fc.assert(
      fc.property(any, (at) => {
        const { earliest, latest } = instantsOf(at)
        expect(Number.isInteger(earliest) && Number.isInteger(latest)).toBe(true)
        expect(earliest).toBeLessThan(latest)
        expect(earliest).toBeGreaterThanOrEqual(LONG_AGO - 86_400_000)
        expect(occurredAtSchema.parse(at)).toEqual(at)
      }),
    )
  })

  it('lies within the same time told less precisely', () => {
    fc.assert(
      fc.property(
        any.filter((at) => at.time !== undefined),
        ({ time: _time, ...at }) => {
          const { earliest, latest } = instantsOf({ ...at, time: _time!, precision: 'minute' })
          for (const precision of ['day', 'month', 'unknown'] as const) {
            const wider = instantsOf({ ...at, precision })
            expect(wider.earliest).toBeLessThanOrEqual(earliest)
            expect(wider.latest).toBeGreaterThanOrEqual(latest)
          }
        },
      ),
    )
  })

  it('is in the future until its first instant', () => {
    fc.assert(
      fc.property(
        any.filter((at) => at.precision !== 'unknown'),
        (at) => {
          const { earliest } = instantsOf(at)
          expect(isFuture(at, earliest - 1)).toBe(true)
          expect(isFuture(at, earliest)).toBe(false)
        },
      ),
    )
  })
})

describe('how a time is told', () => {
  const problems = (at: object) =>
    occurredAtSchema.safeParse({ date: '2026-01-15', ...at }).error?.issues.map((i) => i.path.join('.')) ?? []

  it('takes a time with minute and hour and with nothing else', () => {
    for (const precision of ['minute', 'hour']) {
      expect(problems({ precision, time: '10:45' })).toEqual([])
      expect(problems({ precision })).toEqual(['time'])
    }
    for (const precision of ['slot', 'day', 'month', 'unknown']) {
      expect(problems({ precision })).toEqual([])
      expect(problems({ precision, time: '10:45' })).toEqual(['time'])
    }
  })

  it('is in London unless it says otherwise, in a zone that is known', () => {
    expect(occurredAtSchema.parse({ date: '2026-01-15', precision: 'day' }).zone).toBe('Europe/London')
    expect(problems({ precision: 'day', zone: 'Europe/Paris' })).toEqual(['zone'])
  })

  it('has no fields but its own', () => {
    expect(occurredAtSchema.safeParse({ date: '2026-01-15', precision: 'day', place: 'x' }).success).toBe(false)
  })
})

describe('days and minutes', () => {
  it('are counted from Monday and from midnight', () => {
    expect(['2026-03-16', '2026-03-22', '2024-02-29'].map(weekdayOf)).toEqual([1, 7, 4])
    expect(['00:00', '09:05', '23:59'].map(minuteOf)).toEqual([0, 545, 1439])
  })
})
