import { toFeedEvent, type FeedEvent } from '@circumspect/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeFeed } from '../../../../test/contracts/feed'
import { newEvents, newStream } from '../../../../test/support/events'
import { kafkaThere, startKafka, type TestKafka } from '../../../../test/support/kafka'
import { appendWoven, eventually, newKafkaPath, SharedViews } from '../../../../test/support/kafka-feed'
import { buildAndFork } from '../../../../test/support/run-ts'
import type { FeedBatch } from '../feed'
import { eventMessage } from './message'

const unexpected = (error: unknown) => expect.fail(String(error))

describe.runIf(kafkaThere())('on a real broker', () => {
  let kafka: TestKafka
  beforeAll(async () => void (kafka = await startKafka()))
  afterAll(() => kafka.end())

  for (const partitions of [1, 3])
    describeFeed(`through Kafka, ${partitions} partitions`, async () => {
      const path = newKafkaPath(kafka, partitions)
      await path.sentAll(path.relay())
      return { store: path.store, feed: path.feed(), partitions, parked: () => path.parked, end: path.end }
    })

  it('shared by one, then three, then two: every event at least once, in order for each stream, and nobody idle', async () => {
    const path = newKafkaPath(kafka, 3)
    const relay = path.relay()
    const views = new SharedViews()
    const join = (who: string) => path.feed('shared').subscribe(new Map(), views.take(who, 5), unexpected, { again: views.again })
    await appendWoven(path.store, 40, 5)
    await path.sentAll(relay)
    const first = await join('first')
    const appending = appendWoven(path.store, 40, 20)
    await eventually(() => views.ids.size > 50 || `${views.ids.size} taken`)
    const others = [await join('second'), await join('third')]
    await appending
    // Whoever came late may have found nothing left: there is more until each has brought something.
    await eventually(async () => {
      await appendWoven(path.store, 6, 1)
      return views.brought.size === 3 || `only ${[...views.brought.keys()].join()} have work`
    })
    await first.stop()
    await appendWoven(path.store, 20, 5)
    await path.sentAll(relay)
    await views.caughtUp(path)
    expect(views.disorder).toEqual([])
    expect(views.ids.size).toBe((await path.store.head()) + 1)
    // All but the watermark behind the last of them is committed; then nobody lags.
    await eventually(async () => [...(await path.feed('shared').lag()).values()].every((n) => n === 0) || 'some lag')
    for (const other of others) await other.stop()
    await path.end()
  })

  it('has batches of several partitions in hand at once, brings no more while they are, and says how far it is behind', async () => {
    const path = newKafkaPath(kafka, 3)
    await appendWoven(path.store, 60, 2)
    const relay = path.relay()
    await path.sentAll(relay)
    const feed = path.feed('held')
    const begun = new Map<number, number>()
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const views = new SharedViews()
    const take = async (batch: FeedBatch) => {
      begun.set(batch.partition, (begun.get(batch.partition) ?? 0) + 1)
      await held
      await views.take('one')(batch)
    }
    const { stop } = await feed.subscribe(new Map(), take, unexpected, { again: views.again })
    // One after the other, the second would never begin.
    await eventually(() => begun.size === 3 || `only ${[...begun.keys()].join()} have begun`)
    await appendWoven(path.store, 60, 2)
    await path.sentAll(relay)
    const behind = async () => [...(await path.feed('held').lag()).values()]
    await eventually(async () => (await behind()).every((n) => n > 0) || 'no lag')
    expect([...begun.values()]).toEqual([1, 1, 1])
    release()
    await views.caughtUp(path)
    await eventually(async () => (await behind()).every((n) => n === 0) || 'some lag')
    expect([views.disorder, views.ids.size]).toEqual([[], 240])
    await stop()
    await path.end()
  })

  it('stops where the topic has lost an event, before it hands on what came after', async () => {
    const path = newKafkaPath(kafka, 1)
    await appendWoven(path.store, 5, 1)
    const relay = path.relay()
    await path.sentAll(relay)
    await relay.stop()
    await appendWoven(path.store, 2, 1)
    const [, after] = (await path.store.readAll(5, 2)).map(toFeedEvent)
    const producer = path.connection('gap').producer()
    await producer.connect()
    await producer.send({ topic: path.topic, messages: [eventMessage(after!, 5)] })
    await producer.disconnect()
    const taken: FeedEvent[] = []
    const error = await new Promise((resolve) => void path.feed().subscribe(new Map(), async ({ events }) => void taken.push(...events), resolve))
    expect(error).toMatchObject({ code: 'gap', partition: 0, after: 4, missing: 5 })
    expect(taken.every(({ position }) => position <= 4)).toBe(true)
    await path.end()
  })

  it('goes to others while a consumer is blocked for longer than its session, and comes back to it', async () => {
    const path = newKafkaPath(kafka, 2)
    await appendWoven(path.store, 40, 3)
    const relay = path.relay()
    await path.sentAll(relay)
    const child = await buildAndFork('test/support/consumer-child.ts', [kafka.broker, path.topic, 'blocked', '1500', '5000'])
    await child.said('blocked')
    const views = new SharedViews()
    const { stop } = await path.feed('blocked', 1500).subscribe(new Map(), views.take('other'), unexpected, { again: views.again })
    // The blocked one has taken nothing: the other is given everything.
    await views.caughtUp(path)
    expect([views.disorder, views.ids.size]).toEqual([[], (await path.store.head()) + 1])
    await child.said('took')
    // Both work again: what is appended now reaches the one or the other.
    const taken = () => new Set(child.lines.filter((l) => l.startsWith('took')).flatMap((l) => (JSON.parse(l.split(' ').slice(3).join(' ')) as FeedEvent[]).map((e) => e.id)))
    const before = taken().size
    await eventually(async () => {
      await path.store.append(newStream(), newEvents(1), -1)
      return taken().size > before + 3 || 'the blocked consumer has not come back'
    })
    await path.sentAll(relay)
    const all = (await path.store.readAll(0, 100_000)).map((e) => e.id)
    await eventually(() => all.every((id) => views.ids.has(id) || taken().has(id)) || 'not every event has come')
    child.child.kill()
    await child.ended
    await stop()
    await path.end()
  })

  it('goes on from a checkpoint behind what was committed, as when views are restored, and gives a lone reader everything', async () => {
    const path = newKafkaPath(kafka, 2)
    await appendWoven(path.store, 20, 5)
    await path.sentAll(path.relay())
    const feed = path.feed('restored')
    const before = new SharedViews()
    const { stop } = await feed.subscribe(new Map(), before.take('before'), unexpected)
    await before.caughtUp(path)
    // Building anew beside those who follow takes nothing from them.
    const anew = new SharedViews()
    const lone = await feed.subscribe(new Map(), anew.take('anew'), unexpected, { alone: true })
    await anew.caughtUp(path)
    await lone.stop()
    await stop()
    const restored = new SharedViews()
    const half = new Map([[0, 30], [1, 60]])
    const again = await feed.subscribe(half, restored.take('restored'), unexpected)
    await restored.caughtUp(path)
    await again.stop()
    expect([before.ids.size, anew.ids.size]).toEqual([100, 100])
    const partitionOf = new Map<string, number>()
    const look = await feed.subscribe(new Map(), async (b) => b.events.forEach((e) => partitionOf.set(e.id, b.partition)), unexpected, { alone: true })
    await eventually(() => partitionOf.size === 100 || 'not all')
    await look.stop()
    const expected = (await path.store.readAll(0, 1000)).filter((e) => e.position > half.get(partitionOf.get(e.id)!)!)
    expect([...restored.ids].sort()).toEqual(expected.map((e) => e.id).sort())
    await path.end()
  })
})
