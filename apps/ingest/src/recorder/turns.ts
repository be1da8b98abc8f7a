/** Lets work on the same key go one after the other, and work on different keys side by side. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>()

  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(key) ?? Promise.resolve()).then(work, work)
    this.last.set(key, mine)
    const forget = () => {
      if (this.last.get(key) === mine) this.last.delete(key)
    }
    mine.then(forget, forget)
    return mine
  }
}
