import type { CaseFound } from '@circumspect/views'
import { describe, expect, it } from 'vitest'
import { bodyOf, IN_ADDRESS, lineOf, rolesInWords, statesInWords, waitingByCase } from './model'

const found = (more: Partial<CaseFound> = {}): CaseFound => ({
  case: 'c', school: 's', told: '2026-03-02', kind: 'disclosure-made', state: 'not-taken-up', places: ['p'], behaviours: ['bullying', 'physical'],
  roles: [['a', 'alleged-victim'], ['a', 'alleged-perpetrator'], ['b', 'alleged-perpetrator']], ...more,
})
const names = { s: 'Example School', p: 'Long corridor', a: 'Child A' }

describe('what is looked for', () => {
  it('is sent as far as it is filled in; names never stand in an address', () => {
    const none = { school: '', place: '', behaviour: '', yearGroup: '', state: '', from: '', to: '' }
    expect(bodyOf({ ...none, state: 'open' }, { name: ' Ann ', upn: '' }, 0)).toEqual({ state: 'open', name: 'Ann' })
    expect(bodyOf(none, { name: '', upn: '' }, 50)).toEqual({ offset: 50 })
    expect(IN_ADDRESS).not.toContain('name')
    expect(IN_ADDRESS).not.toContain('upn')
  })
})

describe('what was found', () => {
  it('says each child once, with every role, and no child by a label', () => {
    expect(lineOf(found(), names)).toEqual({
      case: 'c', told: '2 March 2026', school: 'Example School', what: 'Bullying, Physical', where: 'Long corridor', state: 'not taken up',
      children: [
        { id: 'a', name: 'Child A', roles: 'child alleged to have caused harm, child harmed' },
        { id: 'b', name: 'a child without a name', roles: 'child alleged to have caused harm' },
      ],
    })
    expect(lineOf(found({ behaviours: [], places: [], roles: [] }), names)).toMatchObject({ what: 'no incident recorded', where: '', children: [] })
  })

  it('counts the roles of a child by case', () => {
    expect(rolesInWords('a', [found(), found({ roles: [['a', 'alleged-victim']] })])).toBe('Child harmed in 2 cases; child alleged to have caused harm in 1 case.')
    expect(rolesInWords('z', [found()])).toBe('Named in records, in no role in an incident.')
  })

  it('says how the cases stand, and what waits in each', () => {
    const item = { what: 'family' as const, school: 's', case: 'c', child: 'a', thing: null, agency: '', review: null, since: '2026-03-02', due: '2026-03-03', late: 2 }
    const waits = waitingByCase({ position: 1, day: '2026-03-05', groups: [{ what: 'family', total: 2, items: [item, { ...item, case: 'd', due: '2026-03-05', late: 0 }] }] }, names)
    expect(waits.get('c')).toMatchObject([{ due: 'due 3 March 2026, 2 school days ago', overdue: true, to: '/cases/c/record/family-told' }])
    expect(statesInWords([found({ state: 'open' }), found({ state: 'open' }), found({ state: 'closed' })], waits)).toBe('2 cases are open, 1 is closed. 2 things wait, 1 overdue.')
    expect(statesInWords([found({ state: 'closed' })], new Map())).toBe('1 case is closed. Nothing waits.')
  })
})
