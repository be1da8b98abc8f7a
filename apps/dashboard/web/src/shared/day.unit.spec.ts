import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayFrom, isWhole } from './day'
import { dayInWords } from './labels'

describe('a day as people write it', () => {
  it.each(['3 March 2026', '3 march 2026', ' 3rd  Mar. 2026 ', '3/3/2026', '03/03/2026', '3.3.2026', '3-3-2026', '3/3/26', '3 mar 26', '2026-03-03', '3 March, 2026'])('reads “%s”', (text) => {
    expect(dayFrom(text)).toBe('2026-03-03')
  })

  it('takes the day before the month, always', () => {
    expect(dayFrom('4/5/2026')).toBe('2026-05-04')
    expect(dayFrom('4/13/2026')).toBeUndefined()
  })

  it.each(['', '3', '3/3', '3/3/202', 'March 2026', '31 June 2026', '29/2/2026', '0/1/2026', '1/0/2026', '3 Ma 2026', '3 Marc4 2026', 'yesterday', '3/3/1026', '3/3/20260'])('does not take “%s” for a day', (text) => {
    expect(dayFrom(text)).toBeUndefined()
  })

  it('reads whatever it writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
        const day = date.toISOString().slice(0, 10)
        expect(dayFrom(dayInWords(day))).toBe(day)
        expect(dayFrom(day.split('-').reverse().join('/'))).toBe(day)
      }),
    )
  })

  it('knows a year that is still being written', () => {
    expect(isWhole('3/3/20')).toBe(false)
    expect(isWhole('3/3/2026')).toBe(true)
  })
})
