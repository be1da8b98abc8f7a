import { connectKafka, KafkaFeed } from '@circumspect/feed'
import { openPostgresLeases } from '@circumspect/identity'
import { readEnvironment, runService, ServiceHost, whenThere, type Metric, type Running, type Say } from '@circumspect/service'
import { ClickHouse, DATABASES, least, LedgerWriter } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { Projector } from '../projector'
import { PURPOSES, settings } from './config'

/** A projector as a service of its own, as many of them as like to: events out of Kafka into the views in ClickHouse. */
async function start(say: Say, stopping: AbortSignal): Promise<Running> {
  const config = readEnvironment(settings, PURPOSES, process.env)
  const clickhouse = new ClickHouse(config.CIRCUMSPECT_CLICKHOUSE_URL, config.CIRCUMSPECT_CLICKHOUSE_USER, config.CIRCUMSPECT_CLICKHOUSE_PASSWORD)
  const kafka = connectKafka({ brokers: config.CIRCUMSPECT_KAFKA_BROKERS.split(','), clientId: 'projector', log: say })
  const feed = new KafkaFeed({ kafka, topic: config.CIRCUMSPECT_KAFKA_TOPIC, group: config.CIRCUMSPECT_KAFKA_GROUP })
  const running: { projector?: Projector } = {}
  const host = new ServiceHost({
    parts: () => ({ projector: stateOf(running.projector) }),
    metrics: () => metricsOf(feed, new LedgerWriter(clickhouse, DATABASES.ledger)),
  })
  say(`The projector can be asked how it is on ${config.CIRCUMSPECT_HOST}:${await host.listen(config.CIRCUMSPECT_HOST, config.CIRCUMSPECT_PORT)}.`)

  const shared = await whenThere('PostgreSQL', () => openPostgresLeases({ url: config.CIRCUMSPECT_POSTGRES_URL }), say, stopping)
  const folding = { leases: shared.leases, name: `fold ${DATABASES.ledger}`, holder: randomUUID() }
  const projector = new Projector({ feed, clickhouse, databases: DATABASES, now: () => new Date(), log: say, folding })
  running.projector = projector
  void projector.startWhenThere().then(() => projector.state() === 'following' && say('The projector is ready.'))

  const stop = async () => {
    await host.close()
    await projector.stop()
    await shared.close()
    await clickhouse.close()
  }
  return { stop }
}

function stateOf(projector: Projector | undefined): string {
  const state = projector?.state() ?? 'starting'
  return state === 'following' ? 'up' : state
}

/** What cannot be asked now is left out. */
async function metricsOf(feed: KafkaFeed, ledger: LedgerWriter): Promise<Metric[]> {
  const [lag, checkpoint] = await Promise.all([feed.lag().catch(() => undefined), ledger.checkpoint().catch(() => undefined)])
  return [
    ...(lag ? [{ name: 'circumspect_feed_lag_messages', help: 'Messages of each partition that nobody has taken in yet.', value: { label: 'partition', of: lag } }] : []),
    ...(checkpoint
      ? [
          { name: 'circumspect_views_position', help: 'The views have everything up to this position.', value: least(checkpoint) },
          { name: 'circumspect_views_partition_position', help: 'The same, for each partition.', value: { label: 'partition', of: checkpoint } },
        ]
      : []),
  ]
}

await runService(start)
