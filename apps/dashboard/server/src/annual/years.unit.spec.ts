import { describe, expect, it } from 'vitest'
import { instantInWords, isOver, lastWholeYear, schoolYearName } from './years'

describe('a school year', () => {
  it('is named by both its years', () => {
    expect([schoolYearName(2025), schoolYearName(2099)]).toEqual(['2025/26', '2099/00'])
  })

  it('is over when September begins in London', () => {
    expect(isOver(2025, '2026-08-31T22:59:00Z')).toBe(false)
    expect(isOver(2025, '2026-08-31T23:00:00Z')).toBe(true)
    expect(lastWholeYear('2026-08-31T22:59:00Z')).toBe(2024)
    expect(lastWholeYear('2026-08-31T23:00:00Z')).toBe(2025)
    expect(lastWholeYear('2026-11-20T12:00:00Z')).toBe(2025)
  })

  it('has its instants said by the clock in London', () => {
    expect(instantInWords('2026-07-03T13:05:00Z')).toBe('3 July 2026 at 14:05')
    expect(instantInWords('2026-12-03T00:05:00Z')).toBe('3 December 2026 at 00:05')
  })
})
