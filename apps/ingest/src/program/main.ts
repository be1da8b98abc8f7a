import 'reflect-metadata'
import { EventStoreDbEventStore } from '@circumspect/event-store'
import { connectKafka, KafkaRelay } from '@circumspect/feed'
import { openPostgresLeases, PostgresVault } from '@circumspect/identity'
import { readEnvironment, runService, ServiceHost, whenThere, type Metric, type Running, type Say } from '@circumspect/service'
import { randomUUID } from 'node:crypto'
import { createIngestApp } from '../create-app'
import { HistorySigner } from '../history/history-signer'
import { mustBeMigrated } from '../history/migration'
import { SharedTree } from '../history/shared-tree'
import { Recorder } from '../recorder/recorder'
import { RecordingClock } from '../recorder/clock'
import { runCommand } from './commands'
import { PURPOSES, settings, type Settings } from './config'
import { accountOf, guard } from './guard'
import { KeptMarks } from './kept-marks'

const now = () => new Date()

/** Ingest as a service of its own: the history in EventStoreDB, the vault in PostgreSQL, events relayed to Kafka. */
async function start(say: Say, stopping: AbortSignal): Promise<Running> {
  const config = readEnvironment(settings, PURPOSES, process.env)
  const running: { relay?: KafkaRelay; signer?: HistorySigner; store?: EventStoreDbEventStore; vault?: PostgresVault } = {}
  const host = new ServiceHost({
    parts: () => (running.relay ? { relay: stateOf(running.relay) } : { stores: 'starting' }),
    metrics: async () => [
      ...(running.relay ? relayMetrics(running.relay) : []),
      ...(running.signer ? signerMetrics(running.signer) : []),
      ...(await storeMetrics(running)),
    ],
  })
  await listening(host, config, say)

  const postgres = { url: config.CIRCUMSPECT_POSTGRES_URL }
  const shared = await whenThere('the vault', () => openPostgresLeases(postgres), say, stopping)
  // Before the vault is opened: its secrets are among what is taken over.
  await whenThere('the history that is taken over', () => mustBeMigrated(shared.checkpoints), say, stopping)
  const vault = await whenThere('the vault', () => PostgresVault.open(postgres, config.CIRCUMSPECT_MASTER_KEY), say, stopping)
  const store = new EventStoreDbEventStore({ connectionString: config.CIRCUMSPECT_EVENTSTORE_URL, marks: new KeptMarks(shared.checkpoints) })
  const clock = new RecordingClock(now)
  await whenThere('the history', () => clock.startFrom(store), say, stopping)

  const relay = new KafkaRelay({
    kafka: connectKafka({ brokers: config.CIRCUMSPECT_KAFKA_BROKERS.split(','), clientId: 'ingest', log: say }),
    topic: { name: config.CIRCUMSPECT_KAFKA_TOPIC, partitions: config.CIRCUMSPECT_KAFKA_PARTITIONS, replicas: config.CIRCUMSPECT_KAFKA_REPLICAS },
    source: store,
    leases: shared.leases,
    checkpoints: shared.checkpoints,
    park: (parked) => {
      say(`An event cannot be carried: position ${parked.position}.`)
      return vault.park(parked)
    },
    holder: randomUUID(),
    log: say,
  })
  relay.start()
  const tree = new SharedTree({ store, leases: shared.leases, checkpoints: shared.checkpoints, holder: randomUUID() })
  const signer = new HistorySigner(tree, vault, say)
  Object.assign(running, { relay, signer, store, vault })

  const app = await createIngestApp({ recorder: new Recorder(store, vault, clock), vault, store, now, accountOf }, say, guard(config.CIRCUMSPECT_INGEST_TOKEN))
  await app.init()
  host.mount(app.getHttpAdapter().getInstance())
  say('Ingest is ready.')

  const stop = async () => {
    await host.close()
    await app.close()
    await relay.stop()
    await signer.stop()
    await tree.release().catch(() => undefined)
    await store.close()
    await shared.close()
    await vault.close()
  }
  return { stop }
}

async function listening(host: ServiceHost, { CIRCUMSPECT_HOST, CIRCUMSPECT_PORT }: Settings, say: Say): Promise<void> {
  say(`Ingest listens on ${CIRCUMSPECT_HOST}:${await host.listen(CIRCUMSPECT_HOST, CIRCUMSPECT_PORT)}.`)
}

/** A relay that waits for its turn is as it should be: another one sends. */
function stateOf(relay: KafkaRelay): string {
  const { state } = relay.status()
  return state === 'sending' || state === 'standby' ? 'up' : state
}

/** What cannot be asked now is left out. */
async function storeMetrics({ relay, store, vault }: { relay?: KafkaRelay; store?: EventStoreDbEventStore; vault?: PostgresVault }): Promise<Metric[]> {
  const [head, parked] = await Promise.all([store?.head().catch(() => undefined), vault?.parked().catch(() => undefined)])
  const position = relay?.status().state === 'sending' ? relay.status().position : undefined
  return [
    ...(head === undefined ? [] : [{ name: 'circumspect_store_events', help: 'Events in the history.', value: head + 1 }]),
    ...(head === undefined || position === undefined ? [] : [{ name: 'circumspect_relay_lag_events', help: 'Events that this relay has not sent yet.', value: head - position }]),
    ...(parked === undefined ? [] : [{ name: 'circumspect_parked_events', help: 'Events that could not be carried, of all time.', value: parked.length }]),
  ]
}

function relayMetrics(relay: KafkaRelay): Metric[] {
  const { state, position, sent, parked, checkpointAt } = relay.status()
  return [
    { name: 'circumspect_relay_sending', help: '1 where this relay sends, 0 where another does or none.', value: state === 'sending' ? 1 : 0 },
    { name: 'circumspect_relay_position', help: 'Events up to this position have been acknowledged by Kafka.', value: position },
    { name: 'circumspect_relay_sent_total', help: 'Events sent since this process started.', value: sent },
    { name: 'circumspect_relay_parked_total', help: 'Events that could not be carried, since this process started.', value: parked },
    ...(checkpointAt === undefined
      ? []
      : [{ name: 'circumspect_relay_checkpoint_age_seconds', help: 'Since the last checkpoint was written.', value: (Date.now() - checkpointAt) / 1000 }]),
  ]
}

const signerMetrics = ({ size }: HistorySigner): Metric[] => [
  { name: 'circumspect_signed_events', help: 'Events that the last checkpoint signed by this process covers; 0 where another signs.', value: size },
]

const command = process.argv[2]
if (command === undefined) await runService(start)
else process.exitCode = await runCommand(command, process.argv.slice(3))
