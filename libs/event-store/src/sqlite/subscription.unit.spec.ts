import type { RecordedEvent } from '@circumspect/domain'
import { expect, it } from 'vitest'
import { newEvent, newStream } from '../../../../test/support/events'
import { follow } from './subscription'

const recorded = (position: number): RecordedEvent => ({ ...newEvent(), stream: newStream(), revision: 0, position })

/** A history whose reads take a while: `meanwhile` happens after a read has seen what there is and before it answers. */
function slowHistory(meanwhile: () => void) {
  const events: RecordedEvent[] = []
  const listeners = new Set<() => void>()
  const append = () => {
    events.push(recorded(events.length))
    for (const wake of listeners) wake()
  }
  const readAll = async (from: number, limit: number) => {
    const page = events.slice(from, from + limit)
    meanwhile()
    await Promise.resolve()
    return page
  }
  return { append, readAll, listeners }
}

it('notices what is appended between its last read and its waiting', async () => {
  let left = 3
  const history = slowHistory(() => {
    if (left-- > 0) history.append()
  })
  const seen: number[] = []
  let three: () => void = () => undefined
  const reached = new Promise<void>((resolve) => (three = resolve))
  const handle = async (batch: readonly RecordedEvent[]) => {
    seen.push(...batch.map((e) => e.position))
    if (seen.length === 3) three()
  }
  const { stop, ended } = follow(history, history.listeners, 0, handle, (error) => expect.fail(String(error)))
  await reached
  expect(seen).toEqual([0, 1, 2])
  await stop()
  await ended
  expect(history.listeners.size).toBe(0)
})

it('is not woken any more once its handler has failed', async () => {
  const history = slowHistory(() => undefined)
  history.append()
  const errors: unknown[] = []
  const { ended } = follow(history, history.listeners, 0, () => Promise.reject(new Error('not taken')), (error) => void errors.push(error))
  await ended
  expect(errors).toEqual([new Error('not taken')])
  expect(history.listeners.size).toBe(0)
})
