import type { StreamId } from '@circumspect/domain'
import { NO_STREAM, SqliteEventStore } from '@circumspect/event-store'
import { connectKafka, KafkaFeed, KafkaRelay, type Checkpoint, type FeedBatch, type Parked, type RelayOptions } from '@circumspect/feed'
import { openSqliteLeases } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newEvents, newStream } from './events'

interface Where {
  readonly broker: string
  readonly partitions: number
  readonly topic: string
  readonly directory: string
}

/** A history on SQLite, a topic, and what carries the one to the other. */
export function openKafkaPath(where: Where) {
  const store = new SqliteEventStore(join(where.directory, 'history.db'))
  const path = carrying(where, store)
  const close = async () => {
    await path.close()
    await store.close()
  }
  return { ...path, close }
}

/** A topic of its own, and what carries a history to it that is open already. */
export const kafkaPathOf = ({ broker }: { readonly broker: string }, { store, directory }: { readonly store: SqliteEventStore; readonly directory: string }, partitions: number) =>
  carrying({ broker, partitions, topic: `events-${randomUUID()}`, directory }, store)

function carrying({ broker, partitions, topic, directory }: Where, store: SqliteEventStore) {
  const shared = openSqliteLeases(join(directory, 'leases.db'))
  const parked: Parked[] = []
  const log: string[] = []
  const connection = (clientId: string) => connectKafka({ brokers: [broker], clientId, log: (line) => void log.push(line) })
  const relays: KafkaRelay[] = []

  /** A relay of the history, started as another process would start it. */
  const relay = (rest: Partial<RelayOptions> = {}) => {
    const { leases, checkpoints } = shared
    const [park, note] = [(event: Parked) => void parked.push(event), (line: string) => void log.push(line)]
    const layout = { name: topic, partitions, replicas: 1 }
    const made = new KafkaRelay({ kafka: connection('relay'), topic: layout, source: store, leases, checkpoints, park, holder: randomUUID(), log: note, ...rest })
    relays.push(made)
    made.start()
    return made
  }
  const feed = (group = `views-${randomUUID()}`, sessionTimeout = 30_000) => new KafkaFeed({ kafka: connection('projector'), topic, group, sessionTimeout })
  /** Waits until a relay has sent all there is. */
  const sentAll = (of: KafkaRelay) =>
    eventually(async () => {
      const [{ state, position }, head] = [of.status(), await store.head()]
      return (state === 'sending' && position >= head) || `the relay is ${state} at ${position} of ${head}: ${log.slice(-3).join(' ')}`
    })
  const close = async () => {
    for (const each of relays) await each.stop()
    await shared.close()
  }
  return { broker, partitions, topic, directory, store, shared, parked, log, connection, relay, relays, feed, sentAll, close }
}
export type KafkaPath = ReturnType<typeof openKafkaPath>

/** Such a path of its own, in a folder that goes with it. */
export function newKafkaPath({ broker }: { readonly broker: string }, partitions: number) {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-relay-'))
  const path = openKafkaPath({ broker, partitions, topic: `events-${randomUUID()}`, directory })
  const end = async () => {
    await path.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return { ...path, end }
}

/** Waits until `reached` gives true; fails after 30 seconds with what it gave last. */
export async function eventually(reached: () => Promise<true | string> | true | string): Promise<void> {
  for (const until = Date.now() + 30_000; ; await sleep(20)) {
    const last = await reached()
    if (last === true) return
    if (Date.now() > until) throw new Error(`Not within 30 seconds: ${last}`)
  }
}

/** Appends so many streams, woven together: first revision of each, then the second … */
export async function appendWoven(store: SqliteEventStore, streams: number, revisions: number): Promise<void> {
  const all = Array.from({ length: streams }, newStream)
  for (let revision = NO_STREAM; revision < revisions - 1; revision++) for (const stream of all) await store.append(stream, newEvents(1), revision)
}

/** What several consumers write to together, with its checkpoint; it notices an event that comes before its predecessor. */
export class SharedViews {
  readonly reached = new Map<number, number>()
  readonly ids = new Set<string>()
  readonly disorder: string[] = []
  /** Of each consumer, how many events it brought. */
  readonly brought = new Map<string, number>()
  private readonly revisions = new Map<StreamId, number>()

  take = (who: string, slow = 0) => async ({ partition, events, upTo }: FeedBatch): Promise<void> => {
    if (slow > 0) await sleep(slow)
    for (const { id, stream, revision } of events) {
      if (this.ids.has(id)) continue
      if (revision !== (this.revisions.get(stream) ?? -1) + 1) this.disorder.push(`${stream} ${revision}`)
      this.revisions.set(stream, revision)
      this.ids.add(id)
    }
    this.brought.set(who, (this.brought.get(who) ?? 0) + events.length)
    this.reached.set(partition, Math.max(upTo, this.reached.get(partition) ?? -1))
  }

  again = (): Promise<Checkpoint> => Promise.resolve(new Map(this.reached))

  /** Waits until every partition is at the head of the store. */
  caughtUp = ({ store, partitions, log }: Pick<KafkaPath, 'store' | 'partitions' | 'log'>) =>
    eventually(async () => {
      const head = await store.head()
      const all = [...this.reached.values()]
      return (all.length === partitions && Math.min(...all) >= head) || `the views are at ${all.join(', ')} of ${head}: ${log.slice(-3).join(' ')}`
    })
}
