import { fork, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The engine did not come up. The message says what to look at. */
export class EngineFailedError extends Error {
  readonly code: string = 'engine-failed'
}

/** Another process holds the folder. */
export class FolderInUseError extends EngineFailedError {
  override readonly code = 'engine-folder-in-use'
}

/** Somebody else took the port before the engine could. */
export class PortTakenError extends EngineFailedError {
  override readonly code = 'engine-port-taken'
}

const START_MS = 60_000
const GRACE_MS = 10_000
/** Below this the engine cannot be expected to work. */
const LITTLE_SPACE = 100_000_000

/** One run of the engine, from its start to its end. */
export class EngineProcess {
  /** Resolves when the process has ended and all it wrote has been read. */
  readonly ended: Promise<void>
  private readonly child: ChildProcess
  private over = false
  private stderr = ''

  /** `directory` holds engine.xml; the engine's data go to `db` in it. */
  constructor(
    childScript: string,
    private readonly directory: string,
    private readonly port: number,
  ) {
    if (!existsSync(childScript)) throw new EngineFailedError(`The engine's program ${childScript} is missing. Run npm run build.`)
    this.child = fork(childScript, [join(directory, 'db'), String(port), join(directory, 'engine.xml')], {
      cwd: directory,
      // The engine can read its own environment, so none of ours is given to it; its clock is the same on every machine.
      env: { TZ: 'UTC' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Out of the terminal's reach: Ctrl-C is for us, and we stop the engine in order.
      detached: true,
    })
    this.child.stderr!.on('data', (chunk: Buffer) => (this.stderr = (this.stderr + chunk.toString()).slice(-4000)))
    this.ended = new Promise((resolve) => {
      const over = () => {
        this.over = true
        resolve()
      }
      this.child.once('close', over)
      this.child.once('error', over)
    })
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** Waits for the first answer to a login. Throws {@link EngineFailedError} if there is none. */
  async untilAnswering(user: string, password: string): Promise<void> {
    for (const start = Date.now(); Date.now() - start < START_MS; await sleep(50)) {
      if (this.over) throw this.explained()
      const login = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password }
      if ((await this.answers('/ping')) && (await this.answers('/?query=SELECT+1', login))) return
    }
    await this.end()
    throw new EngineFailedError(`The ClickHouse engine did not answer within ${START_MS / 1000} seconds. ${this.hint()}`)
  }

  /** Ends it: asks first, and after a grace time does not ask. */
  async end(): Promise<void> {
    this.child.kill('SIGTERM')
    const killer = setTimeout(() => this.child.kill('SIGKILL'), GRACE_MS)
    await this.ended
    clearTimeout(killer)
  }

  private async answers(path: string, headers: Record<string, string> = {}): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}${path}`, { headers, signal: AbortSignal.timeout(5_000) })
      await response.arrayBuffer()
      return response.ok
    } catch {
      return false
    }
  }

  private explained(): EngineFailedError {
    const said = this.stderr
    if (/Cannot lock file/.test(said)) return new FolderInUseError(this.heldBy())
    if (/Address already in use/.test(said)) return new PortTakenError(`Port ${this.port} of 127.0.0.1 is taken by another program.`)
    if (/Cannot find (module|package)|ERR_MODULE_NOT_FOUND|ERR_DLOPEN|dlopen|cannot open shared object/i.test(said))
      return new EngineFailedError(
        `The ClickHouse engine cannot be loaded on this machine (${process.platform} ${process.arch}). ` +
          'Run npm ci again; where npm has no engine for the machine, use a ClickHouse server.',
      )
    if (/Permission denied|errno: 13\b/.test(said))
      return new EngineFailedError(`The ClickHouse engine may not write to ${this.directory}. Give this account the rights to the folder.`)
    const how = this.child.signalCode ?? `code ${this.child.exitCode}`
    const reason = /\(([A-Z][A-Z_]+)\)\s*$/m.exec(said)?.[1]
    return new EngineFailedError(`The ClickHouse engine ended while starting (${how}${reason ? `, ${reason}` : ''}). ${this.hint()}`)
  }

  private heldBy(): string {
    const pid = /^PID: (\d+)/m.exec(textOf(join(this.directory, 'db', 'status')))?.[1]
    return (
      `The folder ${this.directory} is in use by another ClickHouse engine${pid ? `, process ${pid}` : ''}. ` +
      'Stop the program it belongs to, or give this one another data folder.'
    )
  }

  private hint(): string {
    if (/No space left on device|NOT_ENOUGH_SPACE|errno: 28\b/.test(this.stderr) || freeBytes(this.directory) < LITTLE_SPACE)
      return `The disk of ${this.directory} is full: make room on it.`
    return (
      `Look at ${join(this.directory, 'engine.log')}. If it says that data are broken, delete ${join(this.directory, 'db')}: ` +
      'the views are built again from the history.'
    )
  }
}

/** A loopback port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.'))))
    })
  })
}

const freeBytes = (directory: string): number => {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
