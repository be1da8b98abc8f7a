import { describe, expect, it } from 'vitest'
import { personInWords, roleInWords } from './words'

describe('who somebody is, in words', () => {
  it.each([
    [{ role: 'governor', schools: ['A'] }, 'governor of A'],
    [{ role: 'headteacher', schools: ['A', 'B', 'C'] }, 'headteacher of A, B and C'],
    [{ role: 'trust-board', schools: 'all' }, 'member of the trust’s board of all schools'],
    [{ role: 'designated-safeguarding-lead', schools: [] }, 'safeguarding lead of no school'],
  ] as const)('%j', (person, words) => {
    expect(roleInWords(person)).toBe(words)
    expect(personInWords({ ...person, name: null })).toBe(words)
    expect(personInWords({ ...person, name: 'Somebody' })).toBe(`Somebody, ${words}`)
  })
})
