import { Recorder, RecordingClock } from '@circumspect/ingest'
import { SqliteEventStore } from '@circumspect/event-store'
import { DirectFeed } from '@circumspect/feed'
import { SqliteVault } from '@circumspect/identity'
import { Projector } from '@circumspect/projector'
import { DATABASES, type ClickHouse } from '@circumspect/views'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'


/** The account that records in tests. */
export const TESTER = '00000000-0000-4000-8000-00000000aaaa'

/** Store, vault and recorder on real files in a folder of their own; no HTTP. */
export async function openHistory(now: () => Date = () => new Date()) {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-history-'))
  const store = new SqliteEventStore(join(directory, 'history.db'))
  const vault = new SqliteVault(join(directory, 'vault.db'))
  const clock = new RecordingClock(now)
  const recorder = new Recorder(store, vault, clock)
  const close = async () => {
    await store.close()
    await vault.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return { directory, store, vault, clock, recorder, close }
}
export type History = Awaited<ReturnType<typeof openHistory>>

/** Follows a history into the views. */
export async function project(history: Pick<History, 'store'>, clickhouse: ClickHouse) {
  const projector = new Projector({
    feed: new DirectFeed(history.store, () => undefined),
    clickhouse,
    databases: DATABASES,
    now: () => new Date(),
    log: () => undefined,
  })
  await projector.start()
  return projector
}

/** Waits until `reached` says so; fails loudly after two minutes. */
export async function until(what: string, reached: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (await reached()) return
    await sleep(100)
  }
  throw new Error(`Not within two minutes: ${what}`)
}
