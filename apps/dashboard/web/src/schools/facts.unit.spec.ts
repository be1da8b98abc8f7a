import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../recording/model/fields-of'
import { FACTS, firstNeeds, REGISTER, thingsOfSchool } from './facts'

const place = { id: 'p', name: 'Long corridor', kind: 'corridor', setting: 'on-site' }
const schools = [
  { id: 'a', name: 'Example A', phase: 'primary', trust: { id: 't', name: 'Example Trust' }, places: [place] },
  { id: 'b', name: 'Example B', phase: 'primary', trust: { id: 't', name: 'Example Trust' }, places: [] },
]

describe('facts of a school', () => {
  it('all have a form', () => {
    for (const type of [REGISTER, ...FACTS]) expect(fieldsOf(type).length).toBeGreaterThan(0)
    expect(FACTS).toContain('place-named')
    expect(FACTS).not.toContain(REGISTER)
  })

  it('name the school’s own places and each trust once, or a new one', () => {
    expect(thingsOfSchool(schools, 'a', 'new')).toMatchObject({
      trust: [{ value: 't', label: 'Example Trust' }, { value: 'new' }],
      place: [{ value: 'p', label: 'Long corridor' }],
    })
    expect(thingsOfSchool(schools, 'b', 'new').place).toEqual([])
    expect(thingsOfSchool([], undefined, 'new').trust).toHaveLength(1)
  })

  it('says that places are missing', () => {
    expect(firstNeeds(schools[0]!)).toEqual([])
    expect(firstNeeds(schools[1]!)).toHaveLength(1)
  })
})
