import type { PoolClient } from 'pg'
import { VaultFormatError } from '../vault'
import first from './migrations/0001-vault.sql?raw'
import second from './migrations/0002-leases.sql?raw'
import third from './migrations/0003-drafts.sql?raw'
import fourth from './migrations/0004-accounts.sql?raw'

/** Forward only: one that has been released is never changed, its place in this list is its number, from 1. */
const MIGRATIONS = [first, second, third, fourth]

/**
 * Makes the schema and its tables what this program expects, in the transaction it is called in; whoever comes at the same time
 * waits and finds it done.
 * @throws VaultFormatError where a newer program has been there
 */
export async function migrate(client: PoolClient, schema: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('circumspect migrations ' || $1, 0))", [schema])
  const { rows: [there] } = await client.query<{ there: boolean }>('SELECT to_regnamespace($1) IS NOT NULL AS there', [schema])
  if (!there!.there) await client.query(`CREATE SCHEMA ${schema}`)
  await client.query('CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())')
  const { rows: [done] } = await client.query<{ last: number }>('SELECT coalesce(max(number), 0) AS last FROM migrations')
  if (done!.last > MIGRATIONS.length)
    throw new VaultFormatError(
      `The vault in schema ${schema} has format ${done!.last}, this program knows format ${MIGRATIONS.length}. Open it with a newer program.`,
    )
  for (const [i, sql] of MIGRATIONS.entries()) {
    if (i < done!.last) continue
    await client.query(sql)
    await client.query('INSERT INTO migrations (number) VALUES ($1)', [i + 1])
  }
}
