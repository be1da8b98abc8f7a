import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { buildProgram } from '../../../../test/support/build'
import { engineProgram } from '../../../../test/support/clickhouse'
import { ViewsUnavailableError, type ClickHouse } from './clickhouse'
import { startEngine, type Engine, type EngineOptions } from './engine'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function newFolder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-engine-'))
  cleanups.push(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

async function start(directory: string, options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await startEngine({ directory, childScript: await engineProgram(), log: () => undefined, ...options })
  cleanups.push(() => engine.stop())
  return engine
}

function client(engine: Engine, user: 'projector' | 'reader'): ClickHouse {
  const opened = engine.client(user)
  cleanups.push(() => opened.close())
  return opened
}

async function withTable(engine: Engine): Promise<ClickHouse> {
  const projector = client(engine, 'projector')
  await projector.command('CREATE DATABASE circumspect')
  await projector.command('CREATE TABLE circumspect.t (n UInt64) ENGINE = ReplacingMergeTree ORDER BY n')
  return projector
}

const numbers = async (clickhouse: ClickHouse) =>
  (await clickhouse.query<{ n: string }>('SELECT DISTINCT n FROM circumspect.t ORDER BY n')).map((row) => Number(row.n))

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    // A process that ended but was not yet collected is still listed.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function until(what: string, reached: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await reached()) return
    await sleep(50)
  }
  throw new Error(`Not within half a minute: ${what}`)
}

describe('the ClickHouse engine', () => {
  it('starts on an empty folder and keeps what it needs to itself', async () => {
    const directory = newFolder()
    const engine = await start(directory)
    expect(await client(engine, 'reader').query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(engine.state()).toBe('up')
    expect(engine.problem()).toBeUndefined()
    const modes = ['', 'passwords.json', 'engine.xml'].map((name) => (statSync(join(directory, name)).mode & 0o777).toString(8))
    expect(modes).toEqual(['700', '600', '600'])
    for (const password of Object.values(engine.credentials)) {
      expect(password.length).toBeGreaterThanOrEqual(32)
      expect(readFileSync(join(directory, 'engine.xml'), 'utf8')).not.toContain(password)
    }
  })

  it('lives in any folder, and makes new passwords when theirs are damaged', async () => {
    const directory = join(newFolder(), 'local', 'Ä & <b> "c" \'d\'')
    const first = await start(directory)
    await (await withTable(first)).insert('circumspect.t', ['n'], [[1]])
    await first.stop()
    writeFileSync(join(directory, 'passwords.json'), '{"projector":')
    const second = await start(directory)
    expect(second.credentials.reader).not.toBe(first.credentials.reader)
    expect(await numbers(client(second, 'reader'))).toEqual([1])
    await second.stop()
    expect((await start(directory)).credentials).toEqual(second.credentials)
  })

  it('listens on the loopback address only, and on one port', async () => {
    const engine = await start(newFolder())
    if (process.platform !== 'linux') {
      process.stderr.write('\nNOT CHECKED, LOUDLY: what the engine listens on is read from /proc, which this system has not.\n\n')
      return
    }
    expect(listening(engine.pid()!)).toEqual([`127.0.0.1:${new URL(engine.url).port}`])
  })

  it('is started again by itself, with all it had acknowledged, and clients go on', async () => {
    const engine = await start(newFolder())
    const projector = await withTable(engine)
    let restarts = 0
    engine.onRestart(() => restarts++)
    const killed = engine.pid()!
    const acknowledged: number[] = []
    for (let n = 0; n < 60; n++) {
      if (n === 30) process.kill(killed, 'SIGKILL')
      await projector.insert('circumspect.t', ['n'], [[n]])
      acknowledged.push(n)
    }
    expect(restarts).toBe(1)
    expect(engine.state()).toBe('up')
    expect(engine.pid()).not.toBe(killed)
    expect(await numbers(client(engine, 'reader'))).toEqual(acknowledged)
  })

  it('goes to another port when its own is taken meanwhile, and clients follow', async () => {
    const engine = await start(newFolder())
    const reader = client(engine, 'reader')
    const before = engine.url
    let squatter: Server | undefined
    // The pause before a restart grows, so at one of these ends the port is caught.
    while (!squatter) {
      process.kill(engine.pid()!, 'SIGKILL')
      await until('the end is seen', () => engine.state() === 'restarting')
      squatter = await occupy(Number(new URL(before).port))
      if (!squatter) await until('it is up again', () => engine.state() === 'up')
    }
    await until('it is up again', () => engine.state() === 'up')
    expect(engine.url).not.toBe(before)
    expect(await reader.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('says what is wrong while it cannot be started again, and goes on once that is put right', async () => {
    const directory = newFolder()
    const program = join(directory, 'program.js')
    symlinkSync(await engineProgram(), program)
    const said: string[] = []
    const engine = await start(directory, { childScript: program, log: (message) => said.push(message) })
    const reader = client(engine, 'reader')
    renameSync(program, `${program}.away`)
    process.kill(engine.pid()!, 'SIGKILL')
    await until('the reason is known', () => engine.problem()?.includes('npm run build') ?? false)
    expect(engine.state()).toBe('restarting')
    const error = await reader.query('SELECT 1').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ViewsUnavailableError)
    expect(error).toMatchObject({ retriable: true, message: expect.stringContaining('npm run build') })
    renameSync(`${program}.away`, program)
    await until('it is up again', () => engine.state() === 'up')
    expect(await reader.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(said.filter((message) => message.includes('npm run build'))).toHaveLength(1)
    expect(said.at(-1)).toMatch(/up again/)
  })

  it('refuses a folder that another engine holds, and names its process', async () => {
    const directory = newFolder()
    const first = await start(directory)
    await expect(start(directory)).rejects.toMatchObject({
      code: 'engine-folder-in-use',
      message: expect.stringMatching(new RegExp(`in use by another ClickHouse engine, process ${first.pid()}\\b`)),
    })
    expect(await client(first, 'reader').query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('says what to do when it cannot start at all', async () => {
    const broken = join(newFolder(), 'broken.js')
    writeFileSync(broken, 'process.exit(3)')
    await expect(start(newFolder(), { childScript: broken })).rejects.toMatchObject({
      code: 'engine-failed',
      message: expect.stringMatching(/ended while starting \(code 3\)\. .*engine\.log/s),
    })
    await expect(start(newFolder(), { childScript: '/nowhere/engine.js' })).rejects.toThrow(/missing\. Run npm run build/)
    await expect(start(join(broken, 'folder'))).rejects.toMatchObject({
      code: 'engine-failed',
      message: expect.stringMatching(/cannot be written \(ENOTDIR\)\. .*choose another data folder/),
    })
  })

  it('ends with its owner, who was killed and could not say so, and lets the folder go', async () => {
    const directory = newFolder()
    const owner = spawn(process.execPath, [await buildProgram('test/support/engine-owner.ts'), directory, await engineProgram()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    cleanups.push(() => owner.kill('SIGKILL'))
    const pid = Number(await new Promise<string>((resolve) => owner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))))
    expect(alive(pid)).toBe(true)
    owner.kill('SIGKILL')
    // At once, not after the end of the other: a new start waits for the folder.
    const next = await start(directory)
    expect(alive(pid)).toBe(false)
    expect(await client(next, 'reader').query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('stops when told to, while running and while being started again', async () => {
    const engine = await start(newFolder())
    const reader = client(engine, 'reader')
    const pid = engine.pid()!
    await engine.stop()
    expect(alive(pid)).toBe(false)
    expect([engine.state(), engine.pid()]).toEqual(['stopped', undefined])
    await expect(reader.query('SELECT 1')).rejects.toBeInstanceOf(ViewsUnavailableError)
    await engine.stop()

    const restarting = await start(newFolder())
    process.kill(restarting.pid()!, 'SIGKILL')
    await until('the end is seen', () => restarting.state() === 'restarting')
    await restarting.stop()
    await sleep(1000)
    expect(restarting.state()).toBe('stopped')
    await expect(fetch(`${restarting.url}/ping`)).rejects.toThrow()
  })
})

/** Listens on a port of the loopback address, or gives nothing when it is not free. */
function occupy(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      cleanups.push(() => server.close())
      resolve(server)
    })
  })
}

/** Every address and port a process listens on over TCP, from /proc. */
function listening(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  const LISTEN = '0A'
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((field) => field[3] === LISTEN && inodes.has(field[9] ?? ''))
      .map((field) => addressOf(field[1]!)),
  )
}

/** `0100007F:1F90` is 127.0.0.1:8080: each four bytes of the address stand in the machine's order. */
function addressOf(hex: string): string {
  const [address, port] = hex.split(':') as [string, string]
  const shown = address.length === 8 ? [...Buffer.from(address, 'hex')].reverse().join('.') : address
  return `${shown}:${parseInt(port, 16)}`
}
