import pg from 'pg'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const BIN = '/usr/lib/postgresql/15/bin'
/** PostgreSQL will not run as root. */
const NOBODY = { uid: 65534, gid: 65534 }
const ROOT = process.getuid?.() === 0

export interface Postgres {
  readonly client: pg.Client
  /** Where it can read files from. */
  readonly files: string
  stop(): Promise<void>
}

/** A PostgreSQL 15 of its own in a folder of its own, on a socket there; undefined where none is installed. */
export async function startPostgres(): Promise<Postgres | undefined> {
  if (!existsSync(join(BIN, 'postgres'))) return undefined
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-pg-'))
  const [data, files] = [join(directory, 'data'), join(directory, 'files')]
  for (const path of [data, files]) mkdirSync(path)
  const as = ROOT ? NOBODY : {}
  if (ROOT) for (const path of [directory, data, files]) chownSync(path, NOBODY.uid, NOBODY.gid)
  chmodSync(data, 0o700)
  execFileSync(join(BIN, 'initdb'), ['-D', data, '-U', 'bench', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...as, cwd: directory, stdio: 'ignore' })
  const settings = {
    listen_addresses: '', unix_socket_directories: directory, shared_buffers: '512MB', work_mem: '256MB', maintenance_work_mem: '256MB',
    effective_cache_size: '2GB', max_parallel_workers_per_gather: '2', random_page_cost: '1.1', fsync: 'off', max_wal_size: '4GB', jit: 'off', autovacuum: 'off', timezone: 'UTC',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(BIN, 'postgres'), ['-D', data, ...args], { ...as, cwd: directory, stdio: 'ignore' })
  const client = await connected(directory)
  const stop = async () => {
    await client.end()
    await ended(server)
    rmSync(directory, { recursive: true, force: true })
  }
  return { client, files, stop }
}

async function connected(directory: string): Promise<pg.Client> {
  for (let tries = 1; ; tries++) {
    const client = new pg.Client({ host: directory, user: 'bench', database: 'postgres' })
    try {
      await client.connect()
      return client
    } catch (error) {
      if (tries === 100) throw error
      await sleep(100)
    }
  }
}

/** Ends it in order, and only it: the process that was started here. */
async function ended(server: ChildProcess): Promise<void> {
  const over = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  await over
}

/** A file written by us has to be readable by whoever PostgreSQL runs as. */
export const readableByPostgres = (file: string): string => {
  if (statSync(file).size > 0) chmodSync(file, 0o644)
  return file
}
