import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeFrom } from './time'

describe('a time as people write it', () => {
  it.each(['14:30', '14.30', '14 30', ' 1430 ', '2.30pm', '2:30 pm', '2.30 PM', '2.30p.m.', '2:30 p.m', '0230pm', '230pm'])('reads “%s”', (text) => {
    expect(timeFrom(text)).toBe('14:30')
  })

  it.each([
    ['9:05', '09:05'],
    ['905', '09:05'],
    ['2pm', '14:00'],
    ['11 am', '11:00'],
    ['12am', '00:00'],
    ['12.15pm', '12:15'],
    ['0:00', '00:00'],
    ['02:30', '02:30'],
    ['0230', '02:30'],
    ['2.30am', '02:30'],
    ['23:59', '23:59'],
  ])('reads “%s” as %s', (text, time) => {
    expect(timeFrom(text)).toBe(time)
  })

  it.each(['', '9', '14', '14:3', '14:300', '24:00', '14:60', '14:30pm', '0pm', '13pm', 'noon', '2.30 p', '2.30 xm', '-2:30', '2026-03-03', '14:30:00'])('does not take “%s” for a time', (text) => {
    expect(timeFrom(text)).toBeUndefined()
  })

  it.each(['1:00', '2:30', '3.15', '230', '6:59'])('does not guess whether “%s” is before or after noon', (text) => {
    expect(timeFrom(text)).toBeUndefined()
    expect(timeFrom(`${text}am`)).toBeDefined()
    expect(timeFrom(`${text}pm`)).toBeDefined()
  })

  it('reads whatever it writes, on both clocks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hours, minutes) => {
        const minute = String(minutes).padStart(2, '0')
        const time = `${String(hours).padStart(2, '0')}:${minute}`
        expect(timeFrom(time)).toBe(time)
        expect(timeFrom(time.replace(':', ''))).toBe(time)
        expect(timeFrom(`${hours % 12 === 0 ? 12 : hours % 12}.${minute}${hours < 12 ? 'am' : 'pm'}`)).toBe(time)
      }),
    )
  })
})
