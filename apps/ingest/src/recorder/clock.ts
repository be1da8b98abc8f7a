import type { EventStore } from '@circumspect/event-store'

/** The time of recording: never earlier than that of an event recorded before. */
export class RecordingClock {
  private last = 0

  constructor(private readonly now: () => Date) {}

  /** Continues from the last event of the store, should the computer's clock have been put back meanwhile. */
  async startFrom(store: EventStore): Promise<void> {
    const [last] = await store.readAll(await store.head(), 1)
    if (last) this.last = Math.max(this.last, Date.parse(last.recordedAt))
  }

  /** ISO 8601, UTC. */
  read(): string {
    this.last = Math.max(this.last, this.now().getTime())
    return new Date(this.last).toISOString()
  }
}
