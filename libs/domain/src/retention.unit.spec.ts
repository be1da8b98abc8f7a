import { expect, it } from 'vitest'
import { keptUntil, RETENTION } from './retention'

it('keeps records about a child until the 25th birthday, unless a school says otherwise', () => {
  expect(RETENTION).toMatchObject({ from: 'date-of-birth', years: 25 })
  expect(keptUntil('2012-05-14')).toBe('2037-05-14')
  expect(keptUntil('2012-05-14', 75)).toBe('2087-05-14')
})

it('ends on 1 March for a child of 29 February', () => {
  expect(keptUntil('2012-02-29')).toBe('2037-03-01')
  expect(keptUntil('2012-02-29', 24)).toBe('2036-02-29')
  expect(keptUntil('2012-02-28')).toBe('2037-02-28')
})
