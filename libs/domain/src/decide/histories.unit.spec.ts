import { describe, expect, it } from 'vitest'
import { describeHistories } from '../../../../test/contracts/histories'
import { tryHistories } from '../../../../test/support/histories'
import { evolve, replay, type StreamState } from './state'

describeHistories(150)

describe('evolving', () => {
  it('changes no earlier state', () => {
    const seen: [StreamState, string][] = []
    tryHistories('case', 20, ({ before }) => seen.push([before, JSON.stringify([...before.facts, ...before.factOf])]))
    for (const [state, then] of seen) expect(JSON.stringify([...state.facts, ...state.factOf])).toBe(then)
  })

  it('goes on from where a replay ended', () => {
    tryHistories('case', 20, ({ state, events }) => {
      const half = Math.floor(events.length / 2)
      expect(replay(events.slice(half), replay(events.slice(0, half)))).toEqual(state)
      expect(events.slice(half).reduce(evolve, replay(events.slice(0, half)))).toEqual(state)
    })
  })
})
