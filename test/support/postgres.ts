import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export const POSTGRES_BIN = '/usr/lib/postgresql/15/bin'
/** PostgreSQL will not run as root. */
const NOBODY = { uid: 65534, gid: 65534 }
const AS = process.getuid?.() === 0 ? NOBODY : {}

export interface TestPostgres {
  /** Of its database; schemas are made in it as tests need them. */
  readonly url: string
  /** Undefined where the server is not ours to stop. */
  readonly server: { stop(): Promise<void>; start(): Promise<void> } | undefined
  end(): Promise<void>
}

/** A schema name no other run uses. */
export const newSchema = (): string => `circumspect_test_${randomBytes(6).toString('hex')}`

/** Is there a server to test against? Says loudly where there is none, and fails under CI. */
export function postgresThere(): boolean {
  if (process.env.POSTGRES_URL !== undefined || existsSync(join(POSTGRES_BIN, 'postgres'))) return true
  const what = `NOT TESTED: the stores on PostgreSQL. Install Debian's postgresql-15 (${POSTGRES_BIN}) or set POSTGRES_URL.`
  if (process.env.CI) throw new Error(what)
  process.stderr.write(`\n*** ${what} ***\n`)
  return false
}

/** The server of POSTGRES_URL, or else a PostgreSQL 15 of its own: synced to the disk, on a socket in a folder that goes with it. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.POSTGRES_URL
  if (given !== undefined) return { url: given, server: undefined, end: async () => undefined }
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-postgres-'))
  const data = join(directory, 'data')
  mkdirSync(data)
  if ('uid' in AS) for (const path of [directory, data]) chownSync(path, NOBODY.uid, NOBODY.gid)
  chmodSync(data, 0o700)
  const options = ['-D', data, '-U', 'circumspect', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  execFileSync(join(POSTGRES_BIN, 'initdb'), options, { ...AS, cwd: directory, stdio: 'ignore' })
  const url = `postgres://circumspect@localhost/postgres?host=${encodeURIComponent(directory)}`
  let running: ChildProcess | undefined
  const server = {
    start: async () => {
      running = serve(directory, data)
      await answering(url)
    },
    stop: async () => {
      if (running) await ended(running)
      running = undefined
    },
  }
  const end = async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  await server.start().catch(async (error: unknown) => {
    await end()
    throw error
  })
  return { url, server, end }
}

function serve(directory: string, data: string): ChildProcess {
  const settings = { listen_addresses: '', unix_socket_directories: directory, fsync: 'on', synchronous_commit: 'on', max_connections: '200' }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(join(POSTGRES_BIN, 'postgres'), ['-D', data, ...args], { ...AS, cwd: directory, stdio: 'ignore' })
}

async function answering(url: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (tries === 200) throw error
      await sleep(100)
    }
  }
}

/** Ends it at once and in order (fast shutdown), and only it: the process that was started here. */
async function ended(server: ChildProcess): Promise<void> {
  const over = new Promise((resolve) => server.once('exit', resolve))
  if (server.exitCode !== null) return
  server.kill('SIGINT')
  await over
}

/** A backup of one schema as an operator takes it, in pg_dump's own words. */
export const dumpOf = (url: string, schema: string): string =>
  execFileSync(join(POSTGRES_BIN, 'pg_dump'), ['-d', url, '-n', schema], { maxBuffer: 1 << 28 }).toString('utf8')

/** Restores such a backup beside what is there, into a schema of a new name, which it gives. */
export function restored(url: string, dump: string, schema: string): string {
  const name = newSchema()
  execFileSync(join(POSTGRES_BIN, 'psql'), ['-q', '-v', 'ON_ERROR_STOP=1', '-d', url], { input: dump.replaceAll(schema, name), stdio: ['pipe', 'ignore', 'pipe'] })
  return name
}

/** A database of its own on a server; gives its address. */
export async function newDatabase(url: string): Promise<string> {
  const name = newSchema()
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
