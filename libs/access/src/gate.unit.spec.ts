import { describe, expect, it } from 'vitest'
import { CASE_READERS, ROLES_OF_PEOPLE, type Account } from './account'
import { Gate, NotAllowedError } from './gate'
import { MADE_UP, NOT_YET } from './leaving'

const account = (rest: Partial<Account> = {}): Account => ({ id: 'account', role: 'designated-safeguarding-lead', schools: 'all', ...rest })
const ALL = ['school-1', 'school-2', 'school-3']
const OTHERS = ROLES_OF_PEOPLE.filter((role) => !CASE_READERS.includes(role))

describe('the gate', () => {
  const gate = new Gate()

  it('shows every school to an account for all, and those asked for where some are', () => {
    expect(gate.schoolsFor(account(), [], ALL)).toEqual(ALL)
    expect(gate.schoolsFor(account(), ['school-2', 'school-2'], ALL)).toEqual(['school-2'])
  })

  it('shows an account its own schools alone', () => {
    const own = account({ schools: ['school-3', 'school-9'] })
    for (const ask of [gate.schoolsFor, gate.casesFor].map((method) => method.bind(gate))) {
      expect(ask(own, [], ALL)).toEqual(['school-3'])
      expect(() => ask(own, ['school-3', 'school-1'], ALL)).toThrow(NotAllowedError)
    }
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

  it('lets those record who read cases, at their schools', () => {
    const own = account({ role: 'headteacher', schools: ['school-1'] })
    expect(() => gate.recording(own)).not.toThrow()
    expect(() => gate.recording(own, 'school-1')).not.toThrow()
    expect(() => gate.recording(own, 'school-2')).toThrow(NotAllowedError)
  })

  it('keeps what is about every school for a safeguarding lead of them all', () => {
    expect(() => gate.recordingEverywhere(account())).not.toThrow()
    expect(gate.opens(account()).everySchool).toBe(true)
    for (const other of [account({ schools: ALL }), account({ role: 'headteacher' }), account({ role: 'trust-board' })]) {
      expect(() => gate.recordingEverywhere(other)).toThrow(NotAllowedError)
      expect(gate.opens(other).everySchool).toBe(false)
    }
  })

  describe.each(OTHERS)('for a %s', (role) => {
    it.each([
      ['while small numbers cannot be withheld', new Gate(NOT_YET)],
      ['by default', new Gate()],
    ])('lets nothing out %s, and says why', (_, shut) => {
      expect(() => shut.schoolsFor(account({ role }), [], ALL)).toThrow('A small number can name a child.')
      expect(shut.opens(account({ role }))).toEqual({ cases: false, figures: false, recording: false, everySchool: false })
    })

    it.each([MADE_UP, NOT_YET])('never lets a case out, nor a record in: %j', (leaving) => {
      const any = new Gate(leaving)
      for (const refused of [
        () => any.caseOf(account({ role }), 'school-1'),
        () => any.casesFor(account({ role }), [], ALL),
        () => any.report(account({ role }), 'repeats'),
        () => any.recording(account({ role }), 'school-1'),
        () => any.recordingEverywhere(account({ role })),
      ])
        expect(refused).toThrow(NotAllowedError)
    })

    it('lets the figures of its schools out where nobody in them is real', () => {
      const open = new Gate(MADE_UP)
      expect(open.opens(account({ role }))).toEqual({ cases: false, figures: true, recording: false, everySchool: false })
      expect(open.schoolsFor(account({ role, schools: ['school-2'] }), [], ALL)).toEqual(['school-2'])
      expect(() => open.schoolsFor(account({ role, schools: ['school-2'] }), ['school-1'], ALL)).toThrow(NotAllowedError)
      expect(() => open.report(account({ role }), 'patterns')).not.toThrow()
    })
  })

  it('takes out of tables what leads to a case, a child or a pair of children, but for those who read cases', () => {
    const figures = { name: 'state', caseKeys: ['school'], columns: [{ key: 'school', ref: 'school' }, { key: 'awaiting', cases: true }] }
    const cases = { name: 'awaiting', columns: [{ key: 'case_id', ref: 'case' }] }
    const pairs = { name: 'pairs', columns: [{ key: 'incidents', cases: true }] }
    const governor = account({ role: 'governor' })
    const plain = { name: 'state', columns: [{ key: 'school', ref: 'school' }, { key: 'awaiting' }] }
    expect(gate.tablesFor(governor, 'reviews', [figures, cases])).toEqual([plain])
    expect(gate.tablesFor(governor, 'patterns', [pairs])).toEqual([])
    expect(gate.tablesFor(governor, 'repeats', [figures])).toEqual([])
    expect(gate.tablesFor(account(), 'patterns', [figures, cases, pairs])).toEqual([figures, cases, pairs])
  })
})
