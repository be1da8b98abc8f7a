import type { LogPosition } from './client'

/**
 * A place in the server's log with the number of our events up to it: `position` is that of the last one there, -1 for none. It is true
 * for ever, whoever found it.
 */
export interface Mark extends LogPosition {
  readonly position: number
}

/**
 * Where marks are kept, so that counting need not begin at the first event after a restart. They may be lost: they are found again by
 * counting.
 */
export interface Marks {
  /** The last kept mark whose position is before this one. */
  before(position: number): Promise<Mark | undefined>
  keep(mark: Mark): Promise<void>
}

/** Marks in memory: counting begins at the first event once for each process. */
export class MemoryMarks implements Marks {
  /** In the order of the log. */
  private readonly marks: Mark[] = []

  async before(position: number): Promise<Mark | undefined> {
    return this.marks.findLast((mark) => mark.position < position)
  }

  async keep(mark: Mark): Promise<void> {
    const after = this.marks.findIndex((other) => other.commit > mark.commit || (other.commit === mark.commit && other.prepare >= mark.prepare))
    if (after < 0) this.marks.push(mark)
    else if (this.marks[after]!.commit !== mark.commit || this.marks[after]!.prepare !== mark.prepare) this.marks.splice(after, 0, mark)
  }
}
