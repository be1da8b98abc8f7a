import { describe, expect, it } from 'vitest'
import { nameMatcher } from './matching'

describe('a name typed', () => {
  it.each([
    ['ann sm', 'Anna Smith', true],
    ['smith ann', 'Anna Smith', true],
    ['SMITH', 'Anna Smith', true],
    ['jose', 'José Núñez', true],
    ['nunez', 'José Núñez', true],
    ['maria', 'Anna-Maria Smith', true],
    ['obrien', "Sean O'Brien", false],
    ['o brien', "Sean O'Brien", true],
    ['nna', 'Anna Smith', false],
    ['ann ann', 'Anna Smith', false],
    ['', 'Anna Smith', false],
    ['  ', 'Anna Smith', false],
    ['n23-117', 'Child N23-117', true],
  ])('%s finds %s: %s', (typed, name, found) => {
    expect(nameMatcher(typed)(name)).toBe(found)
  })

  it('finds nobody whose name is not known', () => {
    expect(nameMatcher('ann')(undefined)).toBe(false)
  })
})
