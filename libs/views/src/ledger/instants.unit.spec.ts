import { instantsOf, PRECISIONS, ZONES, type OccurredAt } from '@circumspect/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instants } from './instants'

const two = (n: number) => String(n).padStart(2, '0')

it('says what the domain says, on days when the clocks change too', () => {
  const date = fc.oneof(
    fc.constantFrom('2026-03-29', '2026-10-25', '2024-03-10', '2024-11-03'),
    fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10)),
  )
  const at = fc.record({ date, zone: fc.constantFrom(...ZONES), precision: fc.constantFrom(...PRECISIONS), hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  fc.assert(
    fc.property(at, ({ date, zone, precision, hour, minute }) => {
      const timed = precision === 'minute' || precision === 'hour'
      const occurred: OccurredAt = { date, zone, precision, ...(timed && { time: `${two(hour)}:${two(minute)}` }) }
      expect(instants(occurred)).toEqual(instantsOf(occurred))
    }),
    { numRuns: 2000 },
  )
})
