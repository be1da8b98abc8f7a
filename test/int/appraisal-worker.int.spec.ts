import { AppraisalWorker, appraiseHere } from '@circumspect/views'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inputOf } from '../../libs/views/src/appraisals/input-for-tests'
import { buildProgram } from '../support/build'

const SCHOOL = '00000000-0000-4000-8000-0000000000aa'
const places = Array.from({ length: 6 }, (_, i) => `00000000-0000-4000-8000-00000000000${i}`)
const layout = places.map((place) => ({ school: SCHOOL, place, neighbours: [], capacity: null }))
const exposure = ['lesson', 'lesson-change', 'break'].map((slot, i) => ({ school: SCHOOL, slot, minutes: String(10_000 / (1 + 4 * i)) }))
const incidentsAt = (place: string, slot: string, incidents: number) => ({ school: SCHOOL, place, slot, day: '2026-03-02', incidents: String(incidents) })
const input = (incidents: number) => {
  const days = [...places.map((place) => incidentsAt(place, 'lesson', 6)), incidentsAt(places[2]!, 'lesson-change', incidents)]
  return inputOf('hotspots', {}, { days, layout, exposure })
}

describe('findings worked out in a thread of its own', () => {
  let worker: AppraisalWorker
  beforeAll(async () => {
    worker = new AppraisalWorker(await buildProgram('libs/views/src/appraisals/worker.ts'))
  })
  afterAll(() => worker.close())

  it('are those worked out here', async () => {
    const found = await worker.appraise('hotspots', input(12))
    expect(found).toEqual(await appraiseHere('hotspots', input(12)))
    expect(found.findings[0]!.code).toBe('cluster')
  })

  it('are worked out once for the same input, at whatever moment of a day, and anew for another', async () => {
    const later = { ...input(12), report: { ...input(12).report, at: '2026-11-20T17:00:00.000Z' } }
    const first = worker.appraise('hotspots', input(12))
    expect(worker.appraise('hotspots', later)).toBe(first)
    expect(worker.appraise('hotspots', input(13))).not.toBe(first)
    const tomorrow = { ...later, report: { ...later.report, at: '2026-11-21T08:00:00.000Z' } }
    expect(worker.appraise('hotspots', tomorrow)).not.toBe(first)
    await first
  })

  it('say what failed, and go on with the next', async () => {
    const broken = { ...input(12), rows: {} }
    await expect(worker.appraise('hotspots', broken)).rejects.toThrow(/undefined|properties/)
    expect((await worker.appraise('hotspots', input(14))).findings.length).toBeGreaterThan(0)
  })

  it('are worked out by a new thread where the last has ended', async () => {
    await worker.close()
    expect((await worker.appraise('hotspots', input(15))).findings.length).toBeGreaterThan(0)
  })
})
