import { PostgresAuditLog } from '@circumspect/access'
import { EventStoreDbEventStore } from '@circumspect/event-store'
import { PostgresVault } from '@circumspect/identity'
import { answers, whenThere, type Metric, type Say } from '@circumspect/service'
import { ClickHouse, type Reports } from '@circumspect/views'
import { parkedNow } from '../parked'
import type { Settings } from './config'

export type Read = Awaited<ReturnType<typeof openRead>>

/** Everything the dashboard reads from; waits for what is away. */
export async function openRead(config: Settings, say: Say, stopping: AbortSignal) {
  const url = config.CIRCUMSPECT_POSTGRES_URL
  const vault = await whenThere('the vault', () => PostgresVault.open({ url }, config.CIRCUMSPECT_MASTER_KEY), say, stopping)
  const audit = await whenThere('the audit log', () => PostgresAuditLog.open({ url }), say, stopping)
  const store = new EventStoreDbEventStore({ connectionString: config.CIRCUMSPECT_EVENTSTORE_URL })
  await whenThere('the history', () => store.readAll(0, 1), say, stopping)
  const clickhouse = new ClickHouse(config.CIRCUMSPECT_CLICKHOUSE_URL, config.CIRCUMSPECT_CLICKHOUSE_USER, config.CIRCUMSPECT_CLICKHOUSE_PASSWORD)
  await whenThere('the views', () => clickhouse.query('SELECT 1'), say, stopping)
  const close = async () => {
    await clickhouse.close()
    await store.close()
    await audit.close()
    await vault.close()
  }
  return { vault, audit, store, clickhouse, close }
}

/** How each part is, asked now. */
export async function statesOf(read: Read | undefined, ingest: string): Promise<Readonly<Record<string, string>>> {
  if (!read) return { stores: 'starting' }
  const { vault, store, clickhouse } = read
  const [vaultState, history, views, recording] = await Promise.all([
    answers(() => vault.parked()),
    answers(() => store.readAll(0, 1)),
    answers(() => clickhouse.query('SELECT 1')),
    answers(() => fetch(new URL('/api/health', ingest))),
  ])
  return { vault: vaultState, history, views, ingest: recording }
}

/** How far the history is, and the figures, and how many events are in none of them. What cannot be asked now is left out. */
export async function countsOf({ store, vault }: Read, reports: Reports): Promise<{ head?: number; watermark?: number; parked?: number }> {
  const [head, watermark, parked] = await Promise.all([
    store.head().catch(() => undefined),
    reports.watermark().catch(() => undefined),
    parkedNow({ vault, reports }).then((all) => all.length, () => undefined),
  ])
  return { ...(head !== undefined && { head }), ...(watermark !== undefined && { watermark }), ...(parked !== undefined && { parked }) }
}

export async function figuresOf(read: Read, reports: Reports): Promise<Metric[]> {
  const { head, watermark, parked } = await countsOf(read, reports)
  const figures: readonly (readonly [string, string, number | undefined])[] = [
    ['store_events', 'Events in the history.', head === undefined ? undefined : head + 1],
    ['views_events', 'Events the views have taken in without a gap.', watermark === undefined ? undefined : watermark + 1],
    ['views_lag_events', 'Events the views have not taken in yet.', head === undefined || watermark === undefined ? undefined : head - watermark],
    ['parked_events', 'Events that could not be carried to the views.', parked],
  ]
  return figures.flatMap(([name, help, value]) => (value === undefined ? [] : [{ name: `circumspect_${name}`, help, value }]))
}
