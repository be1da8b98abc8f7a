import type { Account } from '@circumspect/access'
import { describe, expect, it } from 'vitest'
import { LOCAL_ACCOUNT } from './account'
import { Sessions } from './sessions'

const GOVERNOR: Account = { id: 'account-2', role: 'governor', schools: ['school-1'] }
const HOUR = 3600_000

describe('signing in', () => {
  it('exchanges the token of a link for a session, once', () => {
    const sessions = new Sessions(() => new Date(0))
    const token = sessions.issueLink()
    const session = sessions.exchange(token)!
    expect(sessions.accountOf(session)).toEqual(LOCAL_ACCOUNT)
    expect(sessions.exchange(token)).toBeUndefined()
    expect(sessions.accountOf(session)).toEqual(LOCAL_ACCOUNT)
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
    expect([sessions.accountOf(link), sessions.accountOf(sessions.toolToken)]).toEqual([undefined, undefined])
    expect([sessions.isTool(link), sessions.isTool(session)]).toEqual([false, false])
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
    expect(sessions.accountOf(session)).toEqual(LOCAL_ACCOUNT)
    now = 12 * HOUR
    expect(sessions.accountOf(session)).toBeUndefined()
  })

  it('is as the account the link was for, each session for itself', () => {
    const sessions = new Sessions(() => new Date(0))
    const [own, governors] = [sessions.exchange(sessions.issueLink())!, sessions.exchange(sessions.issueLink(GOVERNOR))!]
    expect([sessions.accountOf(own), sessions.accountOf(governors)]).toEqual([LOCAL_ACCOUNT, GOVERNOR])
    sessions.end(governors)
    sessions.end('no session')
    expect([sessions.accountOf(own), sessions.accountOf(governors)]).toEqual([LOCAL_ACCOUNT, undefined])
  })

  it('shuts an account out of every session and link at once, and no other', () => {
    const sessions = new Sessions(() => new Date(0))
    const [own, governors, unused] = [sessions.exchange(sessions.issueLink())!, sessions.exchange(sessions.issueLink(GOVERNOR))!, sessions.issueLink(GOVERNOR)]
    sessions.shutOut(GOVERNOR.id)
    expect([sessions.accountOf(own), sessions.accountOf(governors), sessions.exchange(unused)]).toEqual([LOCAL_ACCOUNT, undefined, undefined])
  })
})
