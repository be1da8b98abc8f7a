import type { FeedBatch } from '@circumspect/feed'
import { applySchema, buildOf, ClickHouseReports, dropOtherBuilds, Facts, least, LedgerWriter, serve, servedBuild, type Databases } from '@circumspect/views'
import { setTimeout as sleep } from 'node:timers/promises'
import { hold, oneAfterTheOther, tryToHold } from './one-after-the-other'
import type { ProjectorOptions } from './options'
import { Refresher, type Sharing } from './refresher'

/** Another process builds the same views anew. */
export class AnotherRebuildError extends Error {
  readonly code = 'another-rebuild'
}

/** Of a build that is shared: whose turn it is to fold it, and who stops that while the next is put in its place. */
export const turnsOf = (sharing: Sharing, databases: Databases, build: number) =>
  ({ ...sharing, lease: `fold ${buildOf(databases, build).ledger}`, unless: handingOver(databases) })
const handingOver = ({ ledger }: Databases) => `hand over ${ledger}`

const LOOK_MS = 100
const SAY_EVERY_MS = 10_000
/**
 * Whoever wrote to the old build goes on with the new one within seconds. Until then it is kept up here, so that none of them finds it
 * behind what Kafka has of them, and has to read the topic from its start.
 */
const STAY_MS = 12_000
/** No question that began on the old build is still being answered so long after the new one is served: the longest takes 30 seconds. */
export const GRACE_MS = 40_000

/**
 * Builds views that several projectors share anew: beside them, from the first event, while they go on. Resolves once the new ones
 * are served, and the old ones gone.
 * @throws AnotherRebuildError
 */
export async function rebuild(options: Required<ProjectorOptions>, { stay = STAY_MS, grace = GRACE_MS } = {}): Promise<void> {
  const { clickhouse, databases, log, sharing } = options
  const alone = await tryToHold(sharing, `rebuild ${databases.ledger}`)
  if (!alone) throw new AnotherRebuildError('The views are being built anew already. Wait until that is done.')
  try {
    await buildBeside(options, async (asFarAsServed, put) => {
      // Nothing folds the old build from here on: what is answered from it stands still, and nobody sees a figure go back.
      const [still, folding] = [await hold(sharing, handingOver(databases)), turnsOf(sharing, databases, await servedBuild(clickhouse, databases))]
      const folds = await hold(folding, folding.lease)
      try {
        await asFarAsServed()
        if (!(await alone.renew())) throw new AnotherRebuildError('Another process has begun to build the views anew.')
        await put()
      } finally {
        await folds.release()
        await still.release()
      }
      log(`The new views are served. What was served before goes in ${Math.round(grace / 1000)} seconds, when no question is being answered from it.`)
      await sleep(stay)
    })
    await sleep(grace - stay)
    await dropOtherBuilds(clickhouse, databases, await servedBuild(clickhouse, databases))
  } finally {
    await alone.release()
  }
}

/** Given what waits until the new build answers everything that the served one does, and what has it served. */
export type HandOver = (asFarAsServed: () => Promise<void>, put: () => Promise<void>) => Promise<void>

/**
 * Fills views beside those that are served, and keeps them up until they have been handed over. What is served stays as it is if it fails,
 * or `stopping` breaks it off.
 */
export async function buildBeside({ feed, clickhouse, databases, now, log, sharing }: ProjectorOptions, handOver: HandOver, stopping?: AbortSignal): Promise<void> {
  const build = await servedBuild(clickhouse, databases)
  const [old, next] = [buildOf(databases, build), buildOf(databases, build + 1)]
  await dropOtherBuilds(clickhouse, databases, build)
  await applySchema(clickhouse, next.ledger, sharing && oneAfterTheOther(sharing, `schema ${next.ledger}`))
  // Before there is anything to fold, so that nothing is answered from it until all has been.
  const facts = new Facts(clickhouse, next)
  await facts.apply(-1)
  const [writer, served] = [new LedgerWriter(clickhouse, next.ledger), new LedgerWriter(clickhouse, old.ledger)]
  await writer.expect(await feed.partitions(), now())

  let fail: (error: unknown) => void = () => undefined
  let over = false
  const failed = new Promise<never>((_, reject) => (fail = reject))
  stopping?.addEventListener('abort', () => fail(new Error('Broken off.')), { once: true })
  const refresher = new Refresher(facts, writer, fail, sharing && turnsOf(sharing, databases, build + 1))
  const take = async ({ partition, events, upTo }: FeedBatch) => {
    await writer.write(events)
    await writer.advance(partition, upTo, now())
    refresher.touch()
  }
  const subscription = await feed.subscribe(new Map(), take, fail, { alone: true })
  const reached = async (what: string, of: () => Promise<number>, wanted: () => Promise<number>) => {
    for (let said = Date.now(); ; await sleep(LOOK_MS)) {
      const [want, have] = [await wanted(), await of()]
      if (over) throw new Error('Broken off.')
      if (have >= want) return
      if (Date.now() - said < SAY_EVERY_MS) continue
      said = Date.now()
      log(`${what}: ${have + 1} of ${want + 1} events.`)
    }
  }
  const levelWith = async (ledger: LedgerWriter) => least(await ledger.checkpoint())
  const [seen, answered] = [old, next].map((which) => new ClickHouseReports(clickhouse, which, now)) as [ClickHouseReports, ClickHouseReports]
  const asFarAsServed = () => reached('Folding', () => answered.watermark(), () => seen.watermark())
  const building = async () => {
    await reached('Taking in', () => levelWith(writer), () => levelWith(served))
    await refresher.start()
    await asFarAsServed()
    await handOver(asFarAsServed, () => serve(clickhouse, databases, build + 1))
  }
  try {
    await Promise.race([failed, building()])
  } finally {
    over = true
    await subscription.stop()
    await refresher.stop()
  }
}
