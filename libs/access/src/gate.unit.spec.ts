import { describe, expect, it } from 'vitest'
import { ROLES_OF_PEOPLE, type Account } from './account'
import { Gate, NotAllowedError } from './gate'

const account = (rest: Partial<Account> = {}): Account => ({ id: 'account', role: 'designated-safeguarding-lead', schools: 'all', ...rest })
const ALL = ['school-1', 'school-2', 'school-3']

describe('the gate', () => {
  const gate = new Gate()

  it('shows every school to an account for all, and those asked for where some are', () => {
    expect(gate.schoolsFor(account(), [], ALL)).toEqual(ALL)
    expect(gate.schoolsFor(account(), ['school-2', 'school-2'], ALL)).toEqual(['school-2'])
  })

  it('shows an account its own schools alone', () => {
    const own = account({ schools: ['school-3', 'school-9'] })
    expect(gate.schoolsFor(own, [], ALL)).toEqual(['school-3'])
    expect(() => gate.schoolsFor(own, ['school-3', 'school-1'], ALL)).toThrow(NotAllowedError)
  })

  it('answers the same for a school of others and for one that is not there', () => {
    const own = account({ schools: ['school-1'] })
    const answer = (asked: string) => {
      try {
        return gate.schoolsFor(own, [asked], ALL)
      } catch (error) {
        return String(error)
      }
    }
    expect(answer('school-2')).toBe(answer('no-such-school'))
  })

  it('opens a case to the readers of cases of its school', () => {
    expect(() => gate.caseOf(account(), 'school-1')).not.toThrow()
    expect(() => gate.caseOf(account({ role: 'headteacher', schools: ['school-1'] }), 'school-1')).not.toThrow()
    expect(() => gate.caseOf(account({ role: 'headteacher', schools: ['school-1'] }), 'school-2')).toThrow(NotAllowedError)
  })

  it.each(ROLES_OF_PEOPLE.filter((role) => role !== 'designated-safeguarding-lead' && role !== 'headteacher'))(
    'lets nothing out to a %s while small numbers cannot be withheld',
    (role) => {
      expect(() => gate.schoolsFor(account({ role }), [], ALL)).toThrow(NotAllowedError)
      expect(() => gate.caseOf(account({ role }), 'school-1')).toThrow(NotAllowedError)
    },
  )
})
