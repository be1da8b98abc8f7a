import { expect, it } from 'vitest'
import { NIL } from '../ledger/row'
import { Touched, type TouchedRow } from './touched'

const SCHOOL = '00000000-0000-4000-8000-00000000000a'
const row = (part: number, more: Partial<TouchedRow> = {}): TouchedRow => ({ school: SCHOOL, part, bears: 0, linked: [], ...more })

it('a case touches the part of its school that its id says', () => {
  const touched = new Touched([row(0xab), row(3)])
  expect(touched.partsOf(new Set())).toEqual({ schools: [SCHOOL, SCHOOL], buckets: [0xab, 3] })
  expect([...touched.schools, ...touched.children]).toEqual([])
  expect(touched.partsOf(new Set([SCHOOL]))).toEqual({ schools: [], buckets: [] })
})

it('what all its cases rest on touches all of a school', () => {
  expect([...new Touched([row(0, { bears: 1 })]).schools]).toEqual([SCHOOL])
})

it('links of children are remembered, and are of no school', () => {
  const touched = new Touched([row(7, { school: NIL, linked: ['b'] }), row(8, { school: NIL })])
  expect([...touched.children]).toEqual(['b'])
  expect([...touched.schools]).toEqual([])
  expect(touched.partsOf(new Set())).toEqual({ schools: [NIL, NIL], buckets: [7, 8] })
})

it('beyond a quarter of its parts a school is touched whole', () => {
  const rows = Array.from({ length: 65 }, (_, part) => row(part))
  expect(new Touched(rows.slice(1)).schools.size).toBe(0)
  expect([...new Touched(rows).schools]).toEqual([SCHOOL])
})
