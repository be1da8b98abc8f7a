import type { FeedEvent } from '@circumspect/domain'
import { expect, it } from 'vitest'
import { NIL } from '../ledger/row'
import { bucket, Touched } from './touched'

const SCHOOL = '00000000-0000-4000-8000-00000000000a'
const event = (stream: string, type: string) => ({ stream, type, school: SCHOOL }) as unknown as FeedEvent
const id = (part: number, rest = 1) => `${part.toString(16).padStart(2, '0')}000000-0000-4000-8000-${String(rest).padStart(12, '0')}`
const touchedBy = (...events: FeedEvent[]) => {
  const touched = new Touched()
  touched.add(events)
  return touched
}

it('a fact of a case touches the part of its school that its id says, once', () => {
  const touched = touchedBy(event(`case-${id(0xab)}`, 'family-told'), event(`case-${id(0xab, 2)}`, 'family-told'), event(`review-${id(3)}`, 'lesson-recorded'))
  expect(touched.partsOf(new Set())).toEqual({ schools: [SCHOOL, SCHOOL], buckets: [0xab, 3] })
  expect([...touched.schools, ...touched.children]).toEqual([])
  expect(touched.partsOf(new Set([SCHOOL]))).toEqual({ schools: [], buckets: [] })
})

it.each(['timetable-set', 'terms-set', 'fact-withdrawn'])('%s of a school touches all of it', (type) => {
  expect([...touchedBy(event(`school-${SCHOOL}`, type)).schools]).toEqual([SCHOOL])
})

it('what a school says otherwise touches the part that it is said in', () => {
  const touched = touchedBy(event(`school-${SCHOOL}`, 'roll-counted'))
  expect(touched.schools.size).toBe(0)
  expect(touched.partsOf(new Set())).toEqual({ schools: [SCHOOL], buckets: [bucket(SCHOOL)] })
})

it('a link of a child is remembered, and is of no school', () => {
  const touched = touchedBy(event(`child-${id(7)}`, 'child-linked'), event(`child-${id(8)}`, 'child-enrolled'))
  expect([...touched.children]).toEqual([id(7)])
  expect(touched.partsOf(new Set())).toEqual({ schools: [NIL, NIL], buckets: [7, 8] })
})

it('beyond a quarter of its parts a school is touched whole; nothing touches nothing', () => {
  const events = Array.from({ length: 65 }, (_, part) => event(`case-${id(part)}`, 'family-told'))
  expect(touchedBy(...events.slice(1)).schools.size).toBe(0)
  expect([...touchedBy(...events).schools]).toEqual([SCHOOL])
  expect([touchedBy().isEmpty, touchedBy(...events).isEmpty]).toEqual([true, false])
})
