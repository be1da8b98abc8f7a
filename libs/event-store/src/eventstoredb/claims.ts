import { randomUUID } from 'node:crypto'
import { DuplicateEventError, NO_STREAM, UnavailableError } from '../event-store'
import type { Connection } from './client'

/** For which append an event id is taken. */
export interface Claim {
  readonly id: string
  readonly stream: string
  /** The exact revision it will be appended at. */
  readonly expected: number
}

/** What stands in the stream of the id. */
type Held = Omit<Claim, 'id'>

const AT_ONCE = 64
const ATTEMPTS = 10

/**
 * Keeps an event id from being recorded in two streams. The server has no index of ids over all streams, so each id has a small stream
 * of its own, `id-<uuid>`, and an append must hold the last claim in it before it is sent.
 *
 * A claim for stream and revision lapses when that stream has passed the revision without the id: an append at an exact revision that
 * was overtaken can never land any more, so somebody else may have the id. A claim whose append never came stays; the same append can
 * still be sent, and another stream is refused the id.
 */
export class Claims {
  constructor(private readonly connection: Connection) {}

  /** @throws DuplicateEventError where the id is recorded in another stream, or may be at any moment */
  async claim(wanted: readonly Claim[]): Promise<void> {
    await someAtOnce(wanted, (claim) => this.claimOne(claim))
  }

  /** The first of these ids that is recorded in another stream than this one. */
  async recordedElsewhere(ids: readonly string[], stream: string): Promise<string | undefined> {
    const found = await someAtOnce(ids, async (id) => {
      const held = (await this.connection.lastOf(`id-${id}`))?.data as Held | undefined
      return held && held.stream !== stream && (await this.connection.readStream(held.stream)).some((record) => record.id === id)
    })
    return ids.find((_, i) => found[i])
  }

  private async claimOne({ id, ...claim }: Claim): Promise<void> {
    const name = `id-${id}`
    let revision = NO_STREAM
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // A fresh id for the claim itself: by a repeated one the server would take another's claim for this one, whatever it says.
      const entry = { id: randomUUID(), type: 'id-claimed', data: { ...claim } }
      if ((await this.connection.append(name, [entry], revision)) === undefined) return
      const last = await this.connection.lastOf(name)
      if (!last) continue
      const held = last.data as Held
      // Held at a later revision: this append has been overtaken, and the server will say so.
      if (held.stream === claim.stream && held.expected >= claim.expected) return
      if (held.stream !== claim.stream && !(await this.hasLapsed(id, held))) throw new DuplicateEventError(id)
      revision = last.revision
    }
    throw new UnavailableError('Too many append the same event at once. Send the same again.')
  }

  private async hasLapsed(id: string, { stream, expected }: Held): Promise<boolean> {
    const records = await this.connection.readStream(stream)
    return records.length - 1 > expected && records.every((record) => record.id !== id)
  }
}

async function someAtOnce<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let i = 0; i < all.length; i += AT_ONCE) done.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(work))))
  return done
}
