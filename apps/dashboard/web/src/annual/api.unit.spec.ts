import { describe, expect, it } from 'vitest'
import { annualAddress, annualFileAddress } from './api'

const NOW = new Date('2026-11-20T12:00:00Z')
const asOf = (day: string) => new URL(annualAddress({ year: '', school: '', asOf: day }, NOW), 'http://x').searchParams.get('asOf')

describe('the address of an annual report', () => {
  it('names what is chosen, and leaves the rest to the service', () => {
    expect(annualAddress({ year: '', school: '', asOf: '' }, NOW)).toBe('/api/annual?')
    expect(annualAddress({ year: '2025', school: 'a', asOf: '' }, NOW)).toBe('/api/annual?year=2025&schools=a')
  })

  it('of a file is that of the report shown, as of its instant', () => {
    const shown = { year: 2025, asOf: '2026-11-20T12:00:00.000Z' }
    expect(annualFileAddress('pdf', shown, '')).toBe('/api/annual.pdf?year=2025&asOf=2026-11-20T12%3A00%3A00.000Z')
    expect(annualFileAddress('xlsx', shown, 'a')).toBe('/api/annual.xlsx?year=2025&schools=a&asOf=2026-11-20T12%3A00%3A00.000Z')
  })

  it('is as of the end of the day chosen, and never of a time to come', () => {
    expect(asOf('2026-08-31')).toBe(new Date('2026-08-31T23:59:59.999').toISOString())
    expect(asOf('2026-11-20')).toBe(NOW.toISOString())
    expect(asOf('2027-01-01')).toBe(NOW.toISOString())
  })
})
