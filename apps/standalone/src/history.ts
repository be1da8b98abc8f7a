import { HistorySigner, Recorder, RecordingClock } from '@circumspect/ingest'
import { SqliteEventStore } from '@circumspect/event-store'
import { SqliteVault } from '@circumspect/identity'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config'

/** The part that must never be lost: the history and the vault, and the one way into them. */
export interface History {
  readonly store: SqliteEventStore
  readonly vault: SqliteVault
  readonly recorder: Recorder
  /** Signs what is recorded by now; so does closing. */
  sign(): Promise<void>
  close(): Promise<void>
}

export async function openHistory({ directory, masterKey }: Config, now: () => Date): Promise<History> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  // The history first: where another process has it, nothing else is touched.
  const store = new SqliteEventStore(join(directory, 'history.db'))
  const vault = new SqliteVault(join(directory, 'vault.db'), masterKey)
  const clock = new RecordingClock(now)
  await clock.startFrom(store)
  const signer = new HistorySigner(store, vault)
  const close = async () => {
    await signer.stop()
    await store.close()
    await vault.close()
  }
  return { store, vault, recorder: new Recorder(store, vault, clock), sign: () => signer.sign(), close }
}
