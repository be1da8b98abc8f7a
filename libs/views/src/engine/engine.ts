import { fork, type ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { credentialsIn, DEFAULT_LIMITS, engineConfig, type Credentials, type EngineLimits } from './config'

export type EngineState = 'starting' | 'up' | 'restarting' | 'failed' | 'stopped'

export interface EngineOptions {
  /** The folder of the engine, its own: data, passwords, log. */
  readonly directory: string
  /** The built engine-child program. */
  readonly childScript: string
  readonly log: (message: string) => void
  readonly limits?: EngineLimits
}

/** A running engine, which is started again by itself when it ends unexpectedly. */
export interface Engine {
  /** `http://127.0.0.1:<port>`; stays the same over restarts. */
  readonly url: string
  readonly credentials: Credentials
  state(): EngineState
  /** The process id of the engine now. */
  pid(): number | undefined
  stop(): Promise<void>
}

/** The engine did not come up. The message says what to look at. */
export class EngineFailedError extends Error {
  readonly code = 'engine-failed'
}

const START_SECONDS = 60
const RESTARTS_IN_A_ROW = 5
const GRACE_MS = 10_000

/** Starts the engine and waits until it answers. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const supervisor = new Supervisor(options, await freePort(), await freePort())
  await supervisor.start()
  return supervisor
}

class Supervisor implements Engine {
  readonly credentials: Credentials
  private child: ChildProcess | undefined
  private current: EngineState = 'starting'
  private stderr = ''

  constructor(
    private readonly options: EngineOptions,
    private readonly httpPort: number,
    private readonly tcpPort: number,
  ) {
    this.credentials = credentialsIn(options.directory)
  }

  get url(): string {
    return `http://127.0.0.1:${this.httpPort}`
  }
  state(): EngineState {
    return this.current
  }
  pid(): number | undefined {
    return this.child?.pid
  }

  async start(): Promise<void> {
    const { directory, childScript, limits } = this.options
    const config = join(directory, 'engine.xml')
    writeFileSync(config, engineConfig(directory, this.credentials, limits ?? DEFAULT_LIMITS), { mode: 0o600 })
    const child = fork(childScript, [join(directory, 'db'), String(this.httpPort), String(this.tcpPort), config], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    })
    this.child = child
    this.stderr = ''
    child.stderr!.on('data', (chunk: Buffer) => (this.stderr = (this.stderr + chunk.toString()).slice(-2000)))
    await this.untilAnswering(child)
    this.current = 'up'
    child.once('exit', () => void this.ended())
    if (child.exitCode !== null || child.signalCode !== null) void this.ended()
  }

  private async untilAnswering(child: ChildProcess): Promise<void> {
    for (let waited = 0; waited < START_SECONDS * 10; waited++) {
      if (child.exitCode !== null || child.signalCode !== null) throw new EngineFailedError(this.explain())
      if (await this.answers()) return
      await sleep(100)
    }
    child.kill('SIGKILL')
    throw new EngineFailedError(`The ClickHouse engine did not answer within ${START_SECONDS} seconds. ${this.hint()}`)
  }

  private async answers(): Promise<boolean> {
    try {
      const response = await fetch(this.url, { method: 'POST', body: 'SELECT 1', headers: this.authorization() })
      return response.ok
    } catch {
      return false
    }
  }

  private authorization() {
    return { 'X-ClickHouse-User': 'projector', 'X-ClickHouse-Key': this.credentials.projector }
  }

  private explain(): string {
    return /Cannot lock file|Another server instance/i.test(this.stderr)
      ? `The folder ${this.options.directory} is in use by another ClickHouse engine. Stop the other service, or give this one another data folder.`
      : `The ClickHouse engine ended while starting. ${this.hint()}`
  }

  private hint(): string {
    return `Look at ${join(this.options.directory, 'engine.log')}; is there room on the disk? The folder can be deleted: it is built again from the history.`
  }

  private async ended(): Promise<void> {
    if (this.current === 'stopped') return
    this.current = 'restarting'
    this.options.log('The ClickHouse engine ended unexpectedly; starting it again.')
    for (let attempt = 0; attempt < RESTARTS_IN_A_ROW; attempt++) {
      await sleep(200 * 2 ** attempt)
      if (this.isStopped()) return
      try {
        await this.start()
        this.options.log('The ClickHouse engine is up again.')
        return
      } catch (error) {
        this.options.log(error instanceof Error ? error.message : String(error))
      }
    }
    this.current = 'failed'
  }

  private isStopped(): boolean {
    return this.current === 'stopped'
  }

  async stop(): Promise<void> {
    this.current = 'stopped'
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const killer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    await exited
    clearTimeout(killer)
  }
}

/** A loopback port that is free now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.'))))
    })
  })
}
