import type { FeedEvent } from '@circumspect/domain'
import { applySchema, ClickHouseReports, DATABASES, Facts, startEngine, type Appraiser, type ClickHouse, type Engine } from '@circumspect/views'
import { join } from 'node:path'

/** When the bench asks: after all that it makes up. */
export const NOW = new Date('2026-11-20T12:00:00Z')

/** The programs that run as processes of their own, built. */
export interface Programs {
  readonly engine: string
  readonly projector: string
}

/** An engine with the views, empty. */
export interface Views {
  readonly engine: Engine
  readonly directory: string
  readonly projector: ClickHouse
  readonly reader: ClickHouse
  /** Reports as a service begins with them: nothing has been asked and nothing is kept. */
  readonly newReports: (appraiser?: Appraiser) => ClickHouseReports
  readonly facts: Facts
  stop(): Promise<void>
}

export async function openViews(directory: string, childScript: string): Promise<Views> {
  const engine = await startEngine({ directory: join(directory, 'engine'), childScript, log: () => undefined })
  const [projector, reader] = [engine.client('projector'), engine.client('reader')]
  await applySchema(projector, DATABASES.ledger)
  const facts = new Facts(projector, DATABASES)
  await facts.apply(-1)
  const stop = async () => {
    await Promise.all([projector.close(), reader.close()])
    await engine.stop()
  }
  return { engine, directory: join(directory, 'engine'), projector, reader, newReports: (appraiser) => new ClickHouseReports(reader, DATABASES, () => NOW, appraiser), facts, stop }
}

/** As many events at once as the feed of one process hands over. */
export const BATCH = 5000

export type Batches = Iterable<FeedEvent[]>
