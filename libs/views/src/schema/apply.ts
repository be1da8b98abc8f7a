import { ENGLISH_BANK_HOLIDAYS } from '@circumspect/domain'
import type { ClickHouse } from '../engine/clickhouse'

const ordered = (files: Record<string, string>) =>
  Object.entries(files)
    .map(([path, sql]) => ({ name: path.split('/').at(-1)!.replace('.sql', ''), sql }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** Tables: each applied once, in order, never changed afterwards. */
const migrations = ordered(import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true }))
/** Views: replaced at every start, each resting on the ones before it. */
export const folds = ordered(import.meta.glob<string>('./folds/*.sql', { query: '?raw', import: 'default', eager: true }))

/** The database was made by a newer version of this program. */
export class NewerSchemaError extends Error {
  readonly code = 'newer-schema'
}

/** Brings a database to this version's schema, making it if there is none. Can be repeated. */
export async function applySchema(clickhouse: ClickHouse, database: string): Promise<void> {
  await clickhouse.command(`CREATE DATABASE IF NOT EXISTS ${database}`, {}, { database: 'default' })
  await clickhouse.command('CREATE TABLE IF NOT EXISTS migrations (name String) ENGINE = ReplacingMergeTree ORDER BY name', {}, { database })
  const applied = new Set((await clickhouse.query<{ name: string }>('SELECT DISTINCT name FROM migrations', {}, { database })).map((m) => m.name))
  const unknown = [...applied].find((name) => !migrations.some((m) => m.name === name))
  if (unknown !== undefined)
    throw new NewerSchemaError(`The views were made by a newer version (migration ${unknown}). Install that version, or delete the views' folder: they are built again from the history.`)
  for (const { name, sql } of migrations.filter((m) => !applied.has(m.name))) {
    await clickhouse.command(sql.replace('CREATE TABLE ', 'CREATE TABLE IF NOT EXISTS '), {}, { database })
    await clickhouse.insert('migrations', ['name'], [[name]], { database })
  }
  for (const { sql } of folds) await clickhouse.command(sql, {}, { database })
  await clickhouse.insert('bank_holidays', ['day'], ENGLISH_BANK_HOLIDAYS.map((day) => [day]), { database })
}
