import { describe, it } from 'vitest'
import { survive } from './faults'

describe('the service killed in the middle of its work', () => {
  it.each([11, 12])('loses nothing and counts nothing twice (seed %i)', async (seed) => survive(seed, 3))
})
