import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const hash = (token: string) => createHash('sha256').update(token).digest()
const newToken = () => randomBytes(32).toString('base64url')

/** How long a session lasts without a restart: one working day. */
const SESSION_MS = 12 * 3600_000

/**
 * Sign-in while there is one person on one computer: a link with a token that works once, then a session. Tokens are kept as their
 * hashes, in memory alone: after a restart the new link is needed.
 */
export class Sessions {
  private readonly links = new Set<string>()
  private readonly sessions = new Map<string, number>()
  private readonly toolHash: Buffer

  constructor(
    private readonly now: () => Date,
    /** Lets the commands of this installation in; kept in a file that only its owner may read. */
    readonly toolToken: string = newToken(),
  ) {
    this.toolHash = hash(toolToken)
  }

  /** A token for one link. */
  issueLink(): string {
    const token = newToken()
    this.links.add(hash(token).toString('hex'))
    return token
  }

  /** The session that a link's token is exchanged for, once; undefined for any other token. */
  exchange(token: string): string | undefined {
    if (!this.links.delete(hash(token).toString('hex'))) return undefined
    const session = newToken()
    this.sessions.set(hash(session).toString('hex'), this.now().getTime() + SESSION_MS)
    return session
  }

  isSession(token: string): boolean {
    const until = this.sessions.get(hash(token).toString('hex'))
    return until !== undefined && until > this.now().getTime()
  }

  isTool(token: string): boolean {
    return timingSafeEqual(hash(token), this.toolHash)
  }
}
