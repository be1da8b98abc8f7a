import type { Account } from '@circumspect/access'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { LOCAL_ACCOUNT } from './account'

const hash = (token: string) => createHash('sha256').update(token).digest()
const keyOf = (token: string) => hash(token).toString('hex')
const newToken = () => randomBytes(32).toString('base64url')

/** How long a session lasts without a restart: one working day. */
const SESSION_MS = 12 * 3600_000

interface Session {
  readonly account: Account
  readonly until: number
}

/**
 * Sign-in by a link with a token that works once, then a session of the account the link was for. Tokens are kept as their hashes, in
 * memory alone: after a restart a new link is needed.
 */
export class Sessions {
  private readonly links = new Map<string, Account>()
  private readonly sessions = new Map<string, Session>()
  private readonly toolHash: Buffer

  constructor(
    private readonly now: () => Date,
    /** Lets the commands of this installation in; kept in a file that only its owner may read. */
    readonly toolToken: string = newToken(),
  ) {
    this.toolHash = hash(toolToken)
  }

  /** A token for one link, which lets one browser in as this account. */
  issueLink(account: Account = LOCAL_ACCOUNT): string {
    const token = newToken()
    this.links.set(keyOf(token), account)
    return token
  }

  /** The session that a link's token is exchanged for, once; undefined for any other token. */
  exchange(token: string): string | undefined {
    const account = this.links.get(keyOf(token))
    if (!account || !this.links.delete(keyOf(token))) return undefined
    const session = newToken()
    this.sessions.set(keyOf(session), { account, until: this.now().getTime() + SESSION_MS })
    return session
  }

  /** Whose session this is; undefined where it is none, or has come to its end. */
  accountOf(session: string): Account | undefined {
    const found = this.sessions.get(keyOf(session))
    return found && found.until > this.now().getTime() ? found.account : undefined
  }

  end(session: string): void {
    this.sessions.delete(keyOf(session))
  }

  /** Ends every session of an account, and every link to one. */
  shutOut(account: string): void {
    for (const [key, { id }] of this.links) if (id === account) this.links.delete(key)
    for (const [key, session] of this.sessions) if (session.account.id === account) this.sessions.delete(key)
  }

  isTool(token: string): boolean {
    return timingSafeEqual(hash(token), this.toolHash)
  }
}
