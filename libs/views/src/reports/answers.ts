/** What can be kept at once, counted in cells of tables: a few tens of megabytes. */
export const MOST_CELLS = 400_000

interface Answer<T> {
  readonly found: Promise<T>
  cells: number
}

/**
 * Answers by what they rest on, the last that were asked for. A key says all that an answer depends on, so none is ever out of date, and
 * the same question asked twice at a time is worked out once.
 */
export class Answers<T> {
  private readonly kept = new Map<string, Answer<T>>()
  private total = 0

  /** `cells`: how large an answer is. What is larger than all that may be kept is kept by nobody. */
  constructor(
    private readonly cells: (answer: T) => number,
    private readonly most = MOST_CELLS,
  ) {}

  get size(): number {
    return this.total
  }

  /** Without a key nothing is known of what the answer depends on: it is found each time. */
  get(key: string | undefined, find: () => Promise<T>): Promise<T> {
    if (key === undefined) return find()
    const before = this.kept.get(key)
    if (before) {
      // Last in the order of insertion is last asked for.
      this.kept.delete(key)
      this.kept.set(key, before)
      return before.found
    }
    const answer: Answer<T> = { found: find(), cells: 0 }
    this.kept.set(key, answer)
    answer.found.then(
      (found) => this.weigh(key, answer, this.cells(found)),
      // What failed may go better the next time.
      () => this.forget(key, answer),
    )
    return answer.found
  }

  private weigh(key: string, answer: Answer<T>, cells: number): void {
    if (this.kept.get(key) !== answer) return
    answer.cells = cells
    this.total += cells
    if (cells > this.most) return this.forget(key, answer)
    for (const [oldest, other] of this.kept) {
      if (this.total <= this.most) return
      this.forget(oldest, other)
    }
  }

  private forget(key: string, answer: Answer<T>): void {
    if (this.kept.get(key) !== answer) return
    this.kept.delete(key)
    this.total -= answer.cells
  }
}
