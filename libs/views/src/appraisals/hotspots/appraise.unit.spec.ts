import { seededRandom } from '@circumspect/statistics'
import { describe, expect, it } from 'vitest'
import type { Row } from '../../reports/definition'
import { inputOf } from '../input-for-tests'
import { hotspots } from './appraise'
import { weeksOf } from './grid'

const SCHOOL = '00000000-0000-4000-8000-0000000000aa'
const id = (n: number) => `00000000-0000-4000-8000-0000000000${String(10 + n)}`
const PLACES = Array.from({ length: 8 }, (_, i) => id(i))
const SLOTS = { lesson: 60_000, 'lesson-change': 4000, break: 8000, lunch: 12_000 }
const LAST = '2026-11-20'

const layout = (capacity: number | null = null): Row[] => PLACES.map((place) => ({ school: SCHOOL, place, neighbours: [], capacity }))
const exposure: Row[] = Object.entries(SLOTS).map(([slot, minutes]) => ({ school: SCHOOL, slot, minutes: String(minutes) }))
const on = (place: number, slot: string, n: number, day = '2026-03-02'): Row => ({ school: SCHOOL, place: id(place), slot, day, incidents: String(n) })
/** As the exposure lets expect, by chance. */
const background = (n: number, seed = 5): Row[] => {
  const random = seededRandom(seed)
  return Array.from({ length: n }, () => {
    const place = Math.floor(random.real() * PLACES.length)
    const minute = random.real() * 84_000
    const slot = minute < 60_000 ? 'lesson' : minute < 64_000 ? 'lesson-change' : minute < 72_000 ? 'break' : 'lunch'
    const back = Math.floor(random.real() * 360)
    return on(place, slot, 1, new Date(Date.parse(`${LAST}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10))
  })
}
const appraise = (days: Row[], rest: Partial<Record<'layout' | 'exposure', Row[]>> = {}) =>
  hotspots.appraise(inputOf('hotspots', {}, { days, layout: layout(), exposure, ...rest }))
const codes = (days: Row[], rest = {}) => appraise(days, rest).findings.map((f) => f.code)

describe('what can be said of places and times', () => {
  it('names the place and the time that stand out, how much, and how sure', () => {
    const { findings, tables } = appraise([...background(40), on(3, 'lesson-change', 14)])
    const [first] = findings
    expect(first!.code).toBe('cluster')
    expect(first!.text).toMatch(new RegExp(`^At \\{${SCHOOL}\\}, \\{${id(3)}\\} between lessons stands out most: 1[4-6] incidents reported where 0\\.\\d would be expected for the time spent there`))
    expect(first!.text).toContain('shufflings by chance alone nothing gathered as much')
    expect(first!.caution).toMatch(/up to \d+(\.\d)? times as busy as assumed/)
    expect(tables.map((t) => t.name)).toEqual(['clusters', 'cells'])
    const cell = tables[1]!.rows.find((r) => r.place === id(3) && r.slot === 'lesson-change')!
    expect(Number(cell.lower)).toBeLessThan(Number(cell.ratio))
    expect(Number(cell.shrunk)).toBeLessThan(Number(cell.ratio))
    expect(Number(cell.q)).toBeLessThan(0.001)
  })

  it('says that nothing stands out where nothing does, and too little where there is too little', () => {
    expect(codes(background(60))).toEqual(['no-cluster'])
    expect(codes(background(9))).toEqual(['few-incidents'])
    expect(codes([])).toEqual(['few-incidents'])
  })

  it('counts children where every place has a capacity', () => {
    const { findings } = appraise([...background(40), on(3, 'lesson-change', 14)], { layout: layout(30) })
    expect(findings[0]!.text).toContain('for the time and the children there')
  })

  it('finds only what place and time do together where there is no timetable, and says so', () => {
    const days = [...[0, 1, 2, 4, 5].map((p) => on(p, 'lunch', 4)), ...[0, 1, 2, 4, 5].map((p) => on(p, 'break', 4)), on(3, 'break', 20)]
    const [first] = appraise(days, { exposure: [] }).findings
    expect(first).toMatchObject({ code: 'interaction', kind: 'stands-out' })
    expect(first!.caution).toContain('There is no timetable')
  })

  it('names what is new of late', () => {
    const late = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-10', '2026-11-11'].map((day) => on(5, 'lesson', 1, day))
    const found = appraise([...background(60), ...late]).findings.find((f) => f.code === 'emerging')!
    expect(found.text).toMatch(new RegExp(`^At \\{${SCHOOL}\\}, more has been reported in \\{${id(5)}\\} in the last`))
  })

  it('says where the finding rests on the timetable alone', () => {
    const lessons = [0, 1, 2, 3, 4, 5, 6, 7].map((p) => on(p, 'lesson', 30 + (p % 3)))
    expect(codes(lessons)).toEqual(['no-cluster'])
    const found = appraise([...lessons, on(3, 'lesson-change', 9)]).findings
    expect(found.map((f) => f.code)).toEqual(['cluster', 'without-exposure'])
    expect(found[1]!.text).toContain('if every time of the day were taken as equally long')
  })

  it('takes a place for busier where a reader assumes it, and says so', () => {
    const days = [...background(40), on(3, 'lesson-change', 6)]
    const assuming = (times: number) => hotspots.appraise({ ...inputOf('hotspots', {}, { days, layout: layout(), exposure }), assumed: [{ place: id(3), times }] }).findings
    expect(assuming(1).map((f) => f.code).slice(0, 2)).toEqual(['assumed', 'cluster'])
    expect(assuming(40).some((f) => f.code === 'cluster' && f.text.includes(id(3)))).toBe(false)
    expect(assuming(40)[0]!.text).toBe(`Assumed for once: {${id(3)}} is 40 times as busy as recorded.`)
  })

  it('says the same of the same, whatever the order of the places', () => {
    const days = [...background(40), on(3, 'lesson-change', 14)]
    const text = (of: Row[]) => appraise(days, { layout: of }).findings.map((f) => f.text)
    expect(text([...layout()].reverse())).toEqual(text(layout()))
  })
})

describe('the weeks', () => {
  it('end on the day asked about, and leave out what is older or later', () => {
    const { weeks, counts } = weeksOf(SCHOOL, [id(0)], [on(0, 'break', 1, LAST), on(0, 'break', 2, '2026-11-14'), on(0, 'break', 4, '2026-11-13'), on(0, 'break', 8, '2025-11-22'), on(0, 'break', 16, '2025-11-21'), on(0, 'break', 32, '2026-11-21')], LAST)
    expect([weeks.length, weeks.at(-1), counts[0]!.at(-1), counts[0]!.at(-2), counts[0]![0]]).toEqual([52, LAST, 3, 4, 8])
    expect(counts[0]!.reduce((a, b) => a + b, 0)).toBe(15)
  })
})
