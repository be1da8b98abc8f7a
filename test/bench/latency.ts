import type { NewEvent, StreamId } from '@circumspect/domain'
import { SqliteEventStore } from '@circumspect/event-store'
import { DirectFeed, type Feed, type FeedBatch } from '@circumspect/feed'
import { Projector } from '@circumspect/projector'
import { DATABASES } from '@circumspect/views'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedGenerator } from './generator'
import { asRecorded } from './recorded'
import { ms, quantile, median, type Measured } from './table'
import type { Views } from './views'

const PER_SECOND = 100
const LOOK_EVERY_MS = 20
/** Beyond this nobody waits for the rest. */
const PATIENCE_MS = 60_000

interface Line {
  readonly stream: StreamId
  readonly revision: number
  readonly event: NewEvent
}

/** Time from the acknowledgement of an append to the watermark of the reports being there, while 100 events a second come in. */
export async function measureLatency(views: Views, generator: FeedGenerator, directory: string, seconds: number): Promise<Measured[]> {
  const store = new SqliteEventStore(join(directory, 'coming.db'))
  const already = generator.position
  let failure: unknown
  const failed = (error: unknown) => {
    failure ??= error
  }
  const feed = after(already, new DirectFeed(store, ({ reason }) => failed(new Error(reason))))
  const projector = new Projector({ feed, clickhouse: views.projector, databases: DATABASES, now: () => new Date(), log: failed })
  await projector.start()
  const waiting: { position: number; since: number }[] = []
  const waited: number[] = []
  let writing = true
  const reports = views.newReports()
  const look = async () => {
    const until = () => (writing ? Infinity : stoppedAt + PATIENCE_MS)
    while ((writing || waiting.length > 0) && performance.now() < until()) {
      const there = await reports.watermark()
      const now = performance.now()
      while (waiting.length > 0 && waiting[0]!.position <= there) waited.push(now - waiting.shift()!.since)
      await sleep(LOOK_EVERY_MS)
    }
  }
  let stoppedAt = 0
  const looking = look()
  const start = performance.now()
  let appended = 0
  for (const { stream, revision, event } of coming(generator, PER_SECOND * seconds)) {
    await store.append(stream, [event], revision - 1)
    waiting.push({ position: already + appended++, since: performance.now() })
    const ahead = start + (appended * 1000) / PER_SECOND - performance.now()
    if (ahead > 0) await sleep(ahead)
  }
  stoppedAt = performance.now()
  writing = false
  await looking
  const never = waiting.map(({ since }) => performance.now() - since)
  await projector.stop()
  await store.close()
  if (failure !== undefined) throw new Error(`The projection did not follow: ${failure instanceof Error ? failure.message : JSON.stringify(failure)}`)
  const all = [...waited, ...never]
  const p99 = quantile(all, 0.99)
  return [
    {
      section: 'latency', what: 'from an accepted event to the figures', figure: `p99 ${ms(p99)}, median ${ms(median(all))}`,
      against: `${appended} events, ${Math.round(appended / ((stoppedAt - start) / 1000))} a second${never.length > 0 ? `, ${never.length} of them not there ${PATIENCE_MS / 1000} s later` : ''}`,
      aim: 'p99 < 1 s at 100 events a second', reached: p99 < 1000,
    },
  ]
}

/** Cases that come in now, woven together: 50 are open at a time, and whichever has its turn tells its next. */
function* coming(generator: FeedGenerator, count: number): Generator<Line> {
  const open: Line[][] = []
  for (let n = 0; n < count; n++) {
    while (open.length < 50) {
      const byStream = new Map<StreamId, Line[]>()
      for (const event of generator.anotherCase(new Date())) {
        const { stream, revision } = event
        byStream.set(stream, [...(byStream.get(stream) ?? []), { stream, revision, event: asRecorded(event) }])
      }
      open.push(...byStream.values())
    }
    // Links of children wait for nobody; the rest takes turns.
    const next = open.find((lines) => lines[0]!.stream.startsWith('child-')) ?? open[(n * 31) % open.length]!
    const line = next.shift()!
    if (next.length === 0) open.splice(open.indexOf(next), 1)
    yield line
  }
}

/** A feed whose events come after those that were taken in already, from another source. */
const after = (already: number, feed: Feed): Feed => ({
  partitions: () => feed.partitions(),
  subscribe: (checkpoint, take, onError) => {
    const from = new Map([...checkpoint].map(([partition, position]) => [partition, position - already]))
    const moved = ({ partition, events, upTo }: FeedBatch) => take({ partition, upTo: upTo + already, events: events.map((e) => ({ ...e, position: e.position + already })) })
    return feed.subscribe(from, moved, onError)
  },
})
