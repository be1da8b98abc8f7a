import type { NewEvent, StreamId } from '@circumspect/domain'
import { randomUUID } from 'node:crypto'

export const newStream = (): StreamId => `case-${randomUUID()}`

/** An event as a store takes it: for tests of stores and feeds, to which its content is all one. */
export const newEvent = (rest: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'concern-taken-up',
  version: 1,
  occurredAt: { date: '2026-01-30', zone: 'Europe/London', precision: 'day' },
  recordedAt: '2026-01-31T10:45:00.000Z',
  recordedBy: '00000000-0000-4000-8000-00000000aaaa',
  school: '00000000-0000-4000-8000-00000000bbbb',
  data: {},
  ...rest,
})

export const newEvents = (n: number): NewEvent[] => Array.from({ length: n }, () => newEvent())
