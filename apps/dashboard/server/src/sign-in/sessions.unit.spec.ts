import { describe, expect, it } from 'vitest'
import { Sessions } from './sessions'

const HOUR = 3600_000

describe('signing in', () => {
  it('exchanges the token of a link for a session, once', () => {
    const sessions = new Sessions(() => new Date(0))
    const token = sessions.issueLink()
    const session = sessions.exchange(token)!
    expect(sessions.isSession(session)).toBe(true)
    expect(sessions.exchange(token)).toBeUndefined()
    expect(sessions.isSession(session)).toBe(true)
  })

  it('lets several links be open side by side', () => {
    const sessions = new Sessions(() => new Date(0))
    const [one, other] = [sessions.issueLink(), sessions.issueLink()]
    expect(sessions.exchange(other)).toBeDefined()
    expect(sessions.exchange(one)).toBeDefined()
  })

  it('takes one kind of token for no other', () => {
    const sessions = new Sessions(() => new Date(0))
    const link = sessions.issueLink()
    const session = sessions.exchange(sessions.issueLink())!
    expect([sessions.isSession(link), sessions.isTool(link), sessions.isSession(sessions.toolToken), sessions.isTool(session)]).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect([sessions.exchange(session), sessions.exchange(sessions.toolToken), sessions.exchange('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(sessions.isTool(sessions.toolToken)).toBe(true)
  })

  it('ends a session after a working day', () => {
    let now = 0
    const sessions = new Sessions(() => new Date(now))
    const session = sessions.exchange(sessions.issueLink())!
    now = 12 * HOUR - 1
    expect(sessions.isSession(session)).toBe(true)
    now = 12 * HOUR
    expect(sessions.isSession(session)).toBe(false)
  })
})
