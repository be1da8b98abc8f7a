import { describe, expect, it } from 'vitest'
import { linkToThis } from './copy-link'

describe('a link to exactly this view', () => {
  it('fixes the day the figures were asked for, unless another was chosen', () => {
    expect(linkToThis('http://127.0.0.1:1/reports/trend?from=2026-01-01', '2026-03-20T12:00:00.000Z')).toBe('http://127.0.0.1:1/reports/trend?from=2026-01-01&asOf=2026-03-20')
    expect(linkToThis('http://127.0.0.1:1/reports/trend?asOf=2026-02-01', '2026-03-20T12:00:00.000Z')).toBe('http://127.0.0.1:1/reports/trend?asOf=2026-02-01')
    expect(linkToThis('http://127.0.0.1:1/reports/trend', undefined)).toBe('http://127.0.0.1:1/reports/trend')
  })
})
