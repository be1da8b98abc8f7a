import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { eventGuide, RECORDS } from '../../../test/support/event-guide'
import { eventTypes } from './catalogue'

const GUIDE = resolve(import.meta.dirname, '../../../docs/events.md')
if (process.env['UPDATE']) writeFileSync(GUIDE, eventGuide())

it('docs/events.md says what the catalogue says', () => {
  expect(readFileSync(GUIDE, 'utf8'), 'Run this test with UPDATE=1 to write the page anew.').toBe(eventGuide())
})

it('every type of event is the home of a record', () => {
  expect([...new Set(RECORDS.flatMap(([, types]) => types))].sort()).toEqual([...eventTypes].sort())
})
