import type { Connection, LogPosition, LogRecord } from './client'
import { MemoryMarks, type Mark, type Marks } from './marks'
import { isOurs, OUR_PREFIXES } from './record'

/** An event of ours in the server's log, with its place among all of ours. */
export interface Counted {
  readonly record: LogRecord
  readonly position: number
}

export interface CountedFollowing {
  batches(): AsyncGenerator<readonly Counted[], void>
  stop(): void
}

/** So many events lie between one kept mark and the next. */
const MARK_EVERY = 1000

/**
 * Numbers our events 0, 1, 2 … in the order of the server's log, which has no such numbers: by counting them from the last mark before
 * the one that is asked for. The log is never reordered and nothing of ours is deleted, so everybody counts the same.
 */
export class Counting {
  /** How far the furthest reading went, and how far the last one. */
  private latest: Mark | undefined
  private page: Mark | undefined
  private readonly found = new MemoryMarks()

  constructor(
    private readonly connection: Connection,
    private readonly kept?: Marks,
  ) {}

  /** Events from a position on, up to the end of the log as it is now. */
  async *read(from: number): AsyncGenerator<Counted, void> {
    const mark = await this.before(from)
    let position = mark?.position ?? -1
    let at: LogPosition | undefined = mark
    try {
      for await (const record of this.connection.readLog(mark)) {
        if (isOurs(record)) position++
        at = record.at
        if (!isOurs(record)) continue
        if (position % MARK_EVERY === 0) await this.note(position, at)
        if (position >= from) yield { record, position }
      }
    } finally {
      this.page = at && { position, commit: at.commit, prepare: at.prepare }
      this.latest = later(this.latest, this.page)
    }
  }

  /** The position of the last event; -1 where there is none. */
  async last(): Promise<number> {
    for await (const _ of this.read(Infinity));
    return this.latest?.position ?? -1
  }

  /** Events from a position on, as they come; `after` where the caller knows the place behind which to go on. */
  follow(from: number, after?: Mark): CountedFollowing {
    let following: ReturnType<Connection['follow']> | undefined
    let stopped = false
    const { before, note, connection } = this
    async function* batches() {
      const mark = after ?? (await before(from))
      if (stopped) return
      following = connection.follow(mark, OUR_PREFIXES)
      let position = mark?.position ?? -1
      for await (const records of following.batches()) {
        const counted = records.filter(isOurs).map((record) => ({ record, position: ++position }))
        for (const { record, position: reached } of counted) if (reached % MARK_EVERY === 0) await note(reached, record.at)
        const wanted = counted.filter((c) => c.position >= from)
        if (wanted.length > 0) yield wanted
      }
    }
    const stop = () => {
      stopped = true
      following?.stop()
    }
    return { batches, stop }
  }

  private readonly before = async (position: number): Promise<Mark | undefined> => {
    const marks = [this.latest, this.page, await this.found.before(position), await this.kept?.before(position)]
    return marks.filter((mark) => mark !== undefined && mark.position < position).reduce(later, undefined)
  }

  private readonly note = async (position: number, { commit, prepare }: LogPosition): Promise<void> => {
    await this.found.keep({ position, commit, prepare })
    await this.kept?.keep({ position, commit, prepare })
  }
}

function later(one: Mark | undefined, other: Mark | undefined): Mark | undefined {
  if (!one || !other) return one ?? other
  return other.commit > one.commit || (other.commit === one.commit && other.prepare > one.prepare) ? other : one
}
