import fc from 'fast-check'
import { expect, it } from 'vitest'
import { logLogInterval } from './log-log'

it('has no interval where the share is certain, and stays within 0 and 1 elsewhere', () => {
  expect([logLogInterval(0, 0, 0.95), logLogInterval(1, 0, 0.95)]).toEqual([null, null])
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.double({ min: 0, max: 0.5, noNaN: true }), (p, se) => {
      const { lower, upper } = logLogInterval(p, se, 0.95)!
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeLessThanOrEqual(1)
      expect(lower).toBeLessThanOrEqual(p)
      expect(upper).toBeGreaterThanOrEqual(p)
    }),
  )
})
