import type { ClickHouse } from '../engine/clickhouse'
import { foldingIn, type Databases } from '../facts/tables'

/** The databases of a build: the first has the names given, those that were built anew have their number behind it. */
export const buildOf = ({ ledger, facts }: Databases, build: number): Databases =>
  build === 0 ? { ledger, facts } : { ledger: `${ledger}_${build}`, facts: `${facts}_${build}` }

/** The build that is read and written now. */
export async function servedBuild(clickhouse: ClickHouse, { ledger }: Databases): Promise<number> {
  const [row] = await clickhouse.query<{ build: number }>('SELECT max(build) AS build FROM served', {}, { database: ledger })
  return row!.build
}

/** From now on every question that begins is answered from this build. It has to be whole. */
export const serve = (clickhouse: ClickHouse, { ledger }: Databases, build: number): Promise<void> =>
  clickhouse.insert('served', ['build'], [[build]], { database: ledger })

/** What a build keeps. The first is emptied, not dropped: it says which is served. */
const TABLES = ['ledger', 'timeline', 'elsewhere', 'progress', 'fresh'] as const

/** Removes every build but this one: what was served before, and what was broken off. */
export async function dropOtherBuilds(clickhouse: ClickHouse, databases: Databases, build: number): Promise<void> {
  const { ledger, facts } = databases
  const kept = buildOf(databases, build)
  const target = { database: ledger }
  const found = await clickhouse.query<{ name: string }>(
    'SELECT name FROM system.databases WHERE match(name, {ledgers:String}) OR match(name, {facts:String})',
    { ledgers: `^${ledger}_\\d+$`, facts: `^${facts}(_\\d+)?(_folding)?$` },
    target,
  )
  const going = found.map(({ name }) => name).filter((name) => ![kept.ledger, kept.facts, foldingIn(kept)].includes(name))
  for (const name of going) await clickhouse.make(`DROP DATABASE IF EXISTS ${name}{on_cluster} SYNC`, {}, target)
  if (build > 0) for (const table of TABLES) await clickhouse.make(`TRUNCATE TABLE IF EXISTS ${table}{shard}{on_cluster}`, {}, target)
}
