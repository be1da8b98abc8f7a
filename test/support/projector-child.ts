/**
 * A projector as a process of its own, to be killed or held up by a test, or timed. Argument: JSON of {@link ProjectorChild}. Says `there`
 * at once and begins when it is sent a message; says `following` once it follows, and `waiting` with the reason where it has to begin again.
 */
import { connectKafka, KafkaFeed } from '@circumspect/feed'
import { openSqliteLeases } from '@circumspect/identity'
import { Projector } from '@circumspect/projector'
import { ClickHouse, type Databases } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { slowly } from './in-portions'

export interface ProjectorChild {
  readonly broker: string
  readonly topic: string
  readonly group: string
  /** Of the consumer group, and of the lease for folding; milliseconds. */
  readonly session: number
  readonly url: string
  readonly password: string
  readonly databases: Databases
  /** The file that the projectors' leases are in. */
  readonly leases: string
  /** How long it waits before it takes in a batch, so that there is something to disturb; milliseconds, 20 where not given. */
  readonly slow?: number
}

const given = JSON.parse(process.argv[2]!) as ProjectorChild
process.once('disconnect', () => process.exit())
const say = (line: string) => process.stdout.write(`${line}\n`)
const shared = openSqliteLeases(given.leases)
const kafka = connectKafka({ brokers: [given.broker], clientId: 'projector' })
const feed = new KafkaFeed({ kafka, topic: given.topic, group: given.group, sessionTimeout: given.session })
const projector = new Projector({
  feed: given.slow === 0 ? feed : slowly(feed, given.slow ?? 20),
  clickhouse: new ClickHouse(given.url, 'projector', given.password),
  databases: given.databases,
  now: () => new Date(),
  log: (message) => say(`waiting ${message}`),
  sharing: { leases: shared.leases, holder: randomUUID(), leaseFor: given.session },
})
say('there')
await once(process, 'message')
await projector.startWhenThere()
say('following')
