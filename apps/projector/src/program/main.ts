import { connectKafka, KafkaFeed } from '@circumspect/feed'
import { openPostgresLeases } from '@circumspect/identity'
import { ConfigError, readEnvironment, runService, ServiceHost, whenThere, type Metric, type Running, type Say } from '@circumspect/service'
import { ClickHouse, ClickHouseReports, DATABASES, least } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { Projector } from '../projector'
import { AnotherRebuildError, rebuild } from '../rebuild'
import { PURPOSES, settings, type Settings } from './config'

const now = () => new Date()
type Shared = Awaited<ReturnType<typeof openPostgresLeases>>

function opened(config: Settings, say: Say) {
  const clickhouse = new ClickHouse(config.CIRCUMSPECT_CLICKHOUSE_URL, config.CIRCUMSPECT_CLICKHOUSE_USER, config.CIRCUMSPECT_CLICKHOUSE_PASSWORD, config.CIRCUMSPECT_CLICKHOUSE_CLUSTER)
  const kafka = connectKafka({ brokers: config.CIRCUMSPECT_KAFKA_BROKERS.split(','), clientId: 'projector', log: say })
  const feed = new KafkaFeed({ kafka, topic: config.CIRCUMSPECT_KAFKA_TOPIC, group: config.CIRCUMSPECT_KAFKA_GROUP })
  return { clickhouse, feed }
}

/** A projector as a service of its own, as many of them as like to: events out of Kafka into the views in ClickHouse. */
async function start(say: Say, stopping: AbortSignal): Promise<Running> {
  const config = readEnvironment(settings, PURPOSES, process.env)
  const { clickhouse, feed } = opened(config, say)
  const running: { projector?: Projector; shared?: Shared } = {}
  const host = new ServiceHost({
    parts: () => ({ projector: stateOf(running.projector) }),
    metrics: () => metricsOf(feed, clickhouse, running),
  })
  say(`The projector can be asked how it is on ${config.CIRCUMSPECT_HOST}:${await host.listen(config.CIRCUMSPECT_HOST, config.CIRCUMSPECT_PORT)}.`)

  const shared = await whenThere('PostgreSQL', () => openPostgresLeases({ url: config.CIRCUMSPECT_POSTGRES_URL }), say, stopping)
  const projector = new Projector({ feed, clickhouse, databases: DATABASES, now, log: say, sharing: { leases: shared.leases, holder: randomUUID() } })
  Object.assign(running, { projector, shared })
  void projector.startWhenThere().then(() => projector.state() === 'following' && say('The projector is ready.'))

  const stop = async () => {
    await host.close()
    await projector.stop()
    await shared.close()
    await clickhouse.close()
  }
  return { stop }
}

/** Builds the views anew while the projectors go on and people read: a command that runs beside them, and ends. */
async function buildAnew(say: Say): Promise<number> {
  const config = readEnvironment(settings, PURPOSES, process.env)
  const { clickhouse, feed } = opened(config, say)
  const shared = await openPostgresLeases({ url: config.CIRCUMSPECT_POSTGRES_URL })
  say('Building the views anew, beside those that are read …')
  try {
    await rebuild({ feed, clickhouse, databases: DATABASES, now, log: say, sharing: { leases: shared.leases, holder: randomUUID() } })
    say('Done.')
    return 0
  } catch (error) {
    say(error instanceof AnotherRebuildError ? error.message : `It did not succeed (${error instanceof Error ? error.name : 'error'}); what is read is as it was. Run it again.`)
    return 1
  } finally {
    await shared.close()
    await clickhouse.close()
  }
}

function stateOf(projector: Projector | undefined): string {
  const state = projector?.state() ?? 'starting'
  return state === 'following' ? 'up' : state
}

/** Events that are in the history and, by the views that are served, in no figure. */
async function parkedNow({ parked }: Shared, clickhouse: ClickHouse): Promise<number> {
  return (await new ClickHouseReports(clickhouse, DATABASES, now).notCarried(await parked())).length
}

/** What cannot be asked now is left out. */
async function metricsOf(feed: KafkaFeed, clickhouse: ClickHouse, { projector, shared }: { projector?: Projector; shared?: Shared }): Promise<Metric[]> {
  const unknown = () => undefined
  const [lag, checkpoint, parked] = await Promise.all([
    feed.lag().catch(unknown), projector?.checkpoint().catch(unknown), shared && parkedNow(shared, clickhouse).catch(unknown),
  ])
  const { events = 0, checkpointAt } = projector?.taken() ?? {}
  return [
    { name: 'circumspect_projector_events_total', help: 'Events this projector has taken in since it started.', value: events },
    ...(checkpointAt === undefined
      ? []
      : [{ name: 'circumspect_projector_checkpoint_age_seconds', help: 'Since this projector wrote its last checkpoint.', value: (Date.now() - checkpointAt) / 1000 }]),
    ...(parked === undefined ? [] : [{ name: 'circumspect_parked_events', help: 'Events that could not be carried to the views.', value: parked }]),
    ...(lag ? [{ name: 'circumspect_feed_lag_messages', help: 'Messages of each partition that nobody has taken in yet.', value: { label: 'partition', of: lag } }] : []),
    ...(checkpoint
      ? [
          { name: 'circumspect_views_position', help: 'The views have everything up to this position.', value: least(checkpoint) },
          { name: 'circumspect_views_partition_position', help: 'The same, for each partition.', value: { label: 'partition', of: checkpoint } },
        ]
      : []),
  ]
}

const say: Say = (text) => void process.stderr.write(`${text}\n`)
if (process.argv[2] !== 'rebuild') await runService(start)
process.exitCode = await buildAnew(say).catch((error: unknown) => {
  say(error instanceof ConfigError ? error.message : `The views cannot be built anew now (${error instanceof Error ? error.name : 'error'}).`)
  return error instanceof ConfigError ? 2 : 1
})
