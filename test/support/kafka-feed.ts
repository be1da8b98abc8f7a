import { SqliteEventStore } from '@circumspect/event-store'
import { connectKafka, KafkaFeed, KafkaRelay, type Checkpoints, type Leases, type Parked, type RelayOptions } from '@circumspect/feed'
import { openSqliteLeases } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { TestKafka } from './kafka'

/** A history on SQLite, a topic of its own, and what carries the one to the other: for tests of relay and feed. */
export function throughKafka({ broker }: TestKafka, partitions: number) {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-relay-'))
  const store = new SqliteEventStore(join(directory, 'history.db'))
  const shared = openSqliteLeases(join(directory, 'vault.db'))
  const topic = `events-${randomUUID()}`
  const parked: Parked[] = []
  const log: string[] = []
  const connection = (clientId: string) => connectKafka({ brokers: [broker], clientId, log: (line) => void log.push(line) })
  const relays: KafkaRelay[] = []

  /** Another relay of the same history, as another process would start it. */
  const relay = (rest: Partial<RelayOptions> = {}) => {
    const { leases, checkpoints }: { leases: Leases; checkpoints: Checkpoints } = shared
    const made = new KafkaRelay({
      kafka: connection('relay'),
      topic: { name: topic, partitions, replicas: 1 },
      source: store,
      leases,
      checkpoints,
      park: (event) => void parked.push(event),
      holder: randomUUID(),
      log: (line) => void log.push(line),
      ...rest,
    })
    relays.push(made)
    made.start()
    return made
  }
  const feed = (group = `views-${randomUUID()}`, sessionTimeout?: number) =>
    new KafkaFeed({ kafka: connection('projector'), topic, group, ...(sessionTimeout !== undefined && { sessionTimeout }) })
  /** Waits until a relay has sent all there is. */
  const sentAll = (of: KafkaRelay) =>
    vi.waitFor(async () => {
      const head = await store.head()
      const { state, position } = of.status()
      if (state !== 'sending' || position < head) throw new Error(`The relay is ${state} at ${position} of ${head}: ${log.slice(-3).join(' ')}`)
    }, { timeout: 60_000, interval: 20 })
  const end = async () => {
    for (const each of relays) await each.stop()
    await store.close()
    await shared.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return { directory, store, shared, topic, parked, log, partitions, connection, relay, feed, sentAll, end }
}

export type ThroughKafka = ReturnType<typeof throughKafka>
