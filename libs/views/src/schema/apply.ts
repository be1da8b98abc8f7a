import { ENGLISH_BANK_HOLIDAYS } from '@circumspect/domain'
import { createHash } from 'node:crypto'
import type { ClickHouse } from '../engine/clickhouse'
import { statements } from '../engine/layout'
import { nodesAgree } from './nodes'

const ordered = (files: Record<string, string>) =>
  Object.entries(files)
    .map(([path, sql]) => ({ name: path.split('/').at(-1)!.replace('.sql', ''), sql }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** Tables: each applied once, in order, never changed afterwards. */
export const migrations = ordered(import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }))
/** Views: replaced at every start, each resting on the ones before it. */
export const folds = ordered(import.meta.glob<string>('./folds/*.sql', { query: '?raw', import: 'default', eager: true }))

export interface Migration {
  readonly name: string
  readonly sql: string
}

/** The database was made by a newer version of this program. */
export class NewerSchemaError extends Error {
  readonly code = 'newer-schema'
}

/** A migration is not what it was when it was applied here: nobody can say what the tables are. */
export class ChangedMigrationError extends Error {
  readonly code = 'changed-migration'
}

/** The tables were made for one server and a cluster is named, or the other way round. */
export class OtherLayoutError extends Error {
  readonly code = 'other-layout'
}

/** Runs what only one process may do at a time, after waiting for its turn. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Brings a database to this version's schema, making it if there is none. Can be repeated. Where several processes may start at once,
 * `alone` lets them in one after the other; should one be let in too early all the same, what both do is done once.
 */
export async function applySchema(clickhouse: ClickHouse, database: string, alone: Alone = (work) => work()): Promise<void> {
  await alone(() => apply(clickhouse, database, migrations))
}

/** The same with given migrations. */
export async function apply(clickhouse: ClickHouse, database: string, wanted: readonly Migration[]): Promise<void> {
  await nodesAgree(clickhouse, database)
  await clickhouse.make(`CREATE DATABASE IF NOT EXISTS ${database}{on_cluster}`, {}, { database: 'default' })
  await migrate(clickhouse, database, wanted)
  for (const { sql } of folds) await clickhouse.make(sql, {}, { database })
  await clickhouse.insert('bank_holidays', ['day'], ENGLISH_BANK_HOLIDAYS.map((day) => [day]), { database })
}

async function migrate(clickhouse: ClickHouse, database: string, wanted: readonly Migration[]): Promise<void> {
  const target = { database }
  const [made] = await clickhouse.query<{ cluster: number }>(
    "SELECT engine = 'Distributed' AS cluster FROM system.tables WHERE database = {database:String} AND name = 'migrations'",
    { database },
    target,
  )
  if (made && Boolean(made.cluster) !== (clickhouse.cluster !== undefined))
    throw new OtherLayoutError(`The views were made for ${made.cluster ? 'a cluster, and none is' : 'one server, and a cluster is'} named now. Put that right, or ${startAnew(database)}.`)
  await clickhouse.make('CREATE TABLE IF NOT EXISTS migrations{on_cluster} (name String, checksum String) ENGINE = {engine:ReplacingMergeTree by name} ORDER BY (name, checksum)', {}, target)
  await clickhouse.make("ALTER TABLE migrations{both}{on_cluster} ADD COLUMN IF NOT EXISTS checksum String DEFAULT ''", {}, target)
  const applied = await clickhouse.query<{ name: string; checksum: string }>('SELECT DISTINCT name, checksum FROM migrations ORDER BY name', {}, target)
  for (const { name, checksum } of applied) {
    const known = wanted.find((m) => m.name === name)
    if (!known)
      throw new NewerSchemaError(`The views were made by a newer version (migration ${name}). Install that version, or ${startAnew(database)}.`)
    // A version that kept no checksums has applied it; its ledger is outdated too, and is built anew into tables made by this one.
    if (checksum !== '' && checksum !== checksumOf(known))
      throw new ChangedMigrationError(`Migration ${name} is not what it was when it was applied to ${database}. Install the version it was applied by, or ${startAnew(database)}.`)
  }
  for (const migration of wanted.filter((m) => !applied.some(({ name }) => name === m.name))) {
    await clickhouse.make(migration.sql.replace('CREATE TABLE ', 'CREATE TABLE IF NOT EXISTS '), {}, target)
    await clickhouse.insert('migrations', ['name', 'checksum'], [[migration.name, checksumOf(migration)]], target)
  }
}

const startAnew = (database: string): string => `delete the views (the folder "views" among the data, or on a server the database ${database}): they are built again from the history`

/** What a migration does, without its comments and line breaks: the same on one server and on a cluster. */
export const checksumOf = ({ sql }: Migration): string =>
  createHash('sha256').update(statements(sql)[0]!.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim()).digest('hex')
