import { describe, it } from 'vitest'
import { survive } from './faults'

describe('the service killed in the middle of its work, again and again', () => {
  it.each(Array.from({ length: 10 }, (_, i) => 100 + i))('loses nothing and counts nothing twice (seed %i)', async (seed) => survive(seed, 6))
})
