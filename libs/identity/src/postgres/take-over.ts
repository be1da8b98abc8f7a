import { createHash } from 'node:crypto'
import { StoredCheckpoints } from '../stored/checkpoints'
import type { Checkpoints } from '../checkpoints'
import { bytes } from '../stored/work'
import type { VaultTable } from '../sqlite/tables'
import { PostgresStorage, type PostgresOptions } from './postgres-storage'

type Client = Parameters<Parameters<PostgresStorage['transaction']>[0]>[0]

const AT_ONCE = 500

/** A schema of PostgreSQL into which a vault is taken over, row by row as it is stored: the same master key opens it there. */
export class VaultTakeOver {
  private constructor(private readonly storage: PostgresStorage) {}

  /** @throws VaultUnavailableError, VaultFormatError */
  static async open(options: PostgresOptions): Promise<VaultTakeOver> {
    return new VaultTakeOver(await PostgresStorage.open(options))
  }

  get checkpoints(): Checkpoints {
    return new StoredCheckpoints(this.storage)
  }

  /** The leases that somebody holds now: a service that runs on this vault. */
  leasesHeld(): Promise<readonly string[]> {
    return this.storage.transaction(async (client) => {
      const { rows } = await client.query<{ name: string }>('SELECT name FROM leases WHERE until > clock_timestamp() ORDER BY name')
      return rows.map(({ name }) => name)
    })
  }

  /** Which of the tables hold something: a vault that has only been opened has made its secrets, and nothing else. */
  used(tables: readonly VaultTable[]): Promise<readonly string[]> {
    return this.storage.transaction(async (client) => {
      const used: string[] = []
      for (const { name } of tables) if ((await client.query(`SELECT 1 FROM ${name} LIMIT 1`)).rows.length > 0) used.push(name)
      return used
    })
  }

  /** Puts these rows in the place of all that the tables hold, in one transaction; nothing is left of what was there. Gives their number. */
  replace(tables: readonly VaultTable[]): Promise<number> {
    return this.storage.transaction(async (client) => {
      await client.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`)
      let count = 0
      for (const table of tables) for (const rows of inPortions(table.rows())) count += await insert(client, table, rows)
      return count
    })
  }

  /** The tables whose rows are not the same here, whatever their order. */
  differing(tables: readonly VaultTable[]): Promise<readonly string[]> {
    return this.storage.transaction(async (client) => {
      const differing: string[] = []
      for (const table of tables) {
        const [ours, theirs] = [new Digest(), new Digest()]
        for (const row of table.rows()) theirs.add(row)
        for await (const rows of fetched(client, table)) for (const row of rows) ours.add(row)
        if (ours.text() !== theirs.text()) differing.push(table.name)
      }
      return differing
    })
  }

  close(): Promise<void> {
    return this.storage.close()
  }
}

async function insert(client: Client, { name, columns }: VaultTable, rows: readonly (readonly unknown[])[]): Promise<number> {
  let n = 0
  const places = rows.map(() => `(${columns.map(() => `$${++n}`).join(', ')})`).join(', ')
  await client.query(`INSERT INTO ${name} (${columns.join(', ')}) VALUES ${places}`, rows.flat().map((value) => (isBytes(value) ? bytes(value) : value)))
  return rows.length
}

function* inPortions(rows: Iterable<readonly unknown[]>): Generator<(readonly unknown[])[]> {
  const portion: (readonly unknown[])[] = []
  for (const row of rows) if (portion.push(row) === AT_ONCE) yield portion.splice(0)
  if (portion.length > 0) yield portion
}

async function* fetched(client: Client, { name, columns }: VaultTable): AsyncGenerator<unknown[][]> {
  await client.query(`DECLARE each NO SCROLL CURSOR FOR SELECT ${columns.join(', ')} FROM ${name}`)
  for (;;) {
    const { rows } = await client.query({ text: `FETCH ${AT_ONCE} FROM each`, rowMode: 'array' })
    if (rows.length === 0) break
    yield rows as unknown as unknown[][]
  }
  await client.query('CLOSE each')
}

const isBytes = (value: unknown) => value instanceof ArrayBuffer || Buffer.isBuffer(value)

/** The same for the same set of rows, in whatever order and by whichever driver: numbers come as text from one, bytes as a view of the other. */
class Digest {
  private count = 0
  private readonly sum = Buffer.alloc(32)

  add(row: readonly unknown[]): void {
    const plain = row.map((value) => (value === null ? null : isBytes(value) ? bytes(value).toString('base64') : String(value as string | number)))
    const hash = createHash('sha256').update(JSON.stringify(plain)).digest()
    for (let i = 0; i < hash.length; i++) this.sum[i]! ^= hash[i]!
    this.count++
  }

  text(): string {
    return `${this.count} ${this.sum.toString('hex')}`
  }
}
