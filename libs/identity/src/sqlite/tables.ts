import type Database from 'libsql'

/** A table of a vault as it is stored: what a copy of it is made of. */
export interface VaultTable {
  readonly name: string
  /** Without the number that a table gives its rows itself. */
  readonly columns: readonly string[]
  /** In the order of the number, where there is one. */
  rows(): Iterable<readonly unknown[]>
}

/** Of this place alone: whose turn it is, how far they came, and what is to be done to this file. */
const OF_THIS_PLACE = ['leases', 'checkpoints', 'scrub_due']
const NUMBER = 'number'

/** Every table of a vault's file that belongs to the vault wherever it is. */
export function tablesOf(db: Database.Database): VaultTable[] {
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name").all() as { name: string }[]
  return names.filter(({ name }) => !OF_THIS_PLACE.includes(name)).map(({ name }) => tableOf(db, name))
}

function tableOf(db: Database.Database, name: string): VaultTable {
  const all = (db.prepare('SELECT name FROM pragma_table_info(?)').all(name) as { name: string }[]).map((column) => column.name)
  const columns = all.filter((column) => column !== NUMBER)
  const order = all.includes(NUMBER) ? ` ORDER BY ${NUMBER}` : ''
  return { name, columns, rows: () => rowsOf(db.prepare(`SELECT ${columns.join(', ')} FROM ${name}${order}`), columns) }
}

function* rowsOf(statement: Database.Statement, columns: readonly string[]): Generator<readonly unknown[]> {
  for (const row of statement.iterate() as IterableIterator<Record<string, unknown>>) yield columns.map((column) => row[column])
}
