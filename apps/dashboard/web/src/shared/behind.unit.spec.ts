import { describe, expect, it } from 'vitest'
import { behindAddress, figureAddress } from './behind'
import { schoolYears } from './school-years'

const FILTERS = { school: 's-1', from: '2026-01-01', to: '', asOf: '' }
const table = { name: 'on-site', caseKeys: ['place', 'slot'] }
const incidents = { key: 'incidents', cases: true }

describe('the way from a figure to its cases', () => {
  it('says the figure by its table, column and row, and keeps what is chosen', () => {
    const address = new URL(behindAddress('hotspots', table, incidents, { place: null, slot: 'break', weekday: 2, incidents: 3 }, FILTERS)!, 'http://x')
    expect(address.pathname).toBe('/reports/hotspots/cases')
    expect(Object.fromEntries(address.searchParams)).toEqual({
      school: 's-1', from: '2026-01-01', table: 'on-site', column: 'incidents', 'row.place': '', 'row.slot': 'break',
    })
    expect(figureAddress('trend', 'months', 'cases', {}, { school: '', from: '', to: '', asOf: '' })).toBe('/reports/trend/cases?table=months&column=cases')
  })

  it('is not there for no case, nor for what is not counted in cases', () => {
    expect(behindAddress('hotspots', table, incidents, { incidents: 0 }, FILTERS)).toBeUndefined()
    expect(behindAddress('hotspots', table, { key: 'share' }, { share: 0.5 }, FILTERS)).toBeUndefined()
    expect(behindAddress('hotspots', { name: 'rates' }, incidents, { incidents: 3 }, FILTERS)).toBeUndefined()
  })
})

describe('school years', () => {
  it('begin in September', () => {
    expect(schoolYears(new Date(2026, 7, 31))[0]).toEqual({ name: '2025/26', from: '2025-09-01', to: '2026-08-31' })
    expect(schoolYears(new Date(2026, 8, 1)).map((y) => y.name)).toEqual(['2026/27', '2025/26', '2024/25', '2023/24', '2022/23'])
    expect(schoolYears(new Date(1999, 10, 1))[0]!.name).toBe('1999/00')
  })
})
