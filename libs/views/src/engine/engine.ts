import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ClickHouse, ViewsUnavailableError } from './clickhouse'
import { DEFAULT_LIMITS, engineConfig, type EngineLimits } from './config'
import { credentialsIn, writePrivately, type Credentials, type EngineUser } from './credentials'
import { EngineFailedError, EngineProcess, FolderInUseError, freePort, PortTakenError } from './engine-process'

export { EngineFailedError }

export type EngineState = 'starting' | 'up' | 'restarting' | 'stopped'

export interface EngineOptions {
  /** The folder of the engine, its own: data, passwords, configuration, log. */
  readonly directory: string
  /** The built engine-child program. */
  readonly childScript: string
  readonly log: (message: string) => void
  readonly limits?: EngineLimits
}

/** A running engine, which is started again by itself when it ends unexpectedly. */
export interface Engine {
  /** `http://127.0.0.1:<port>`. Stays the same over restarts, unless another program takes the port in between. */
  readonly url: string
  readonly credentials: Credentials
  /** A user's client, which follows the engine over restarts. To be closed by the caller. */
  client(user: EngineUser): ClickHouse
  state(): EngineState
  /** Why it is not up, and what to do; undefined while it is. */
  problem(): string | undefined
  /** The process id of the engine now. */
  pid(): number | undefined
  /** Calls back each time the engine is up again after an unexpected end. */
  onRestart(listener: () => void): void
  stop(): Promise<void>
}

/** An engine whose owner was killed ends by itself at once; this long a new one waits for it to let go of the folder. */
const FOLDER_PATIENCE_MS = 5_000
const PORT_TRIES = 5
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 30_000
/** Having been up this long, an engine that ends counts as ended for the first time. */
const SETTLED_MS = 60_000

/** Starts the engine and waits until it answers. Throws {@link EngineFailedError}, whose message says what to do. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  // Absolute, because the engine resolves relative paths twice.
  const directory = resolve(options.directory)
  const credentials = prepareFolder(directory, options.limits ?? DEFAULT_LIMITS)
  const supervisor = new Supervisor({ ...options, directory }, credentials, await freePort())
  await supervisor.start()
  return supervisor
}

function prepareFolder(directory: string, limits: EngineLimits): Credentials {
  try {
    mkdirSync(directory, { recursive: true })
    chmodSync(directory, 0o700)
    const credentials = credentialsIn(directory)
    writePrivately(join(directory, 'engine.xml'), engineConfig(directory, credentials, limits))
    return credentials
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    const remedy = code === 'ENOSPC' ? 'Make room on its disk.' : 'Give this account the rights to it, or choose another data folder.'
    throw new EngineFailedError(`The ClickHouse engine's folder ${directory} cannot be written (${code}). ${remedy}`)
  }
}

class Supervisor implements Engine {
  private current: EngineState = 'starting'
  private trouble: string | undefined
  private process: EngineProcess | undefined
  private readonly stopping = new AbortController()
  private readonly listeners: (() => void)[] = []
  /** How often in a row it had to be started again. */
  private restarts = 0

  constructor(
    private readonly options: EngineOptions,
    readonly credentials: Credentials,
    private port: number,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }
  state(): EngineState {
    return this.current
  }
  problem(): string | undefined {
    return this.trouble
  }
  pid(): number | undefined {
    return this.current === 'up' ? this.process?.pid : undefined
  }
  onRestart(listener: () => void): void {
    this.listeners.push(listener)
  }

  client(user: EngineUser): ClickHouse {
    const url = () => {
      if (this.current === 'up') return this.url
      throw new ViewsUnavailableError(this.trouble ?? `The ClickHouse engine is ${this.current}.`)
    }
    return new ClickHouse(url, user, this.credentials[user])
  }

  async start(): Promise<void> {
    try {
      await this.launch()
    } catch (error) {
      this.current = 'stopped'
      throw error
    }
  }

  async stop(): Promise<void> {
    this.current = 'stopped'
    this.trouble = undefined
    this.stopping.abort()
    await this.process?.end()
  }

  /** One start, on another port if this one is taken, and after a moment if the folder is. */
  private async launch(): Promise<void> {
    const { directory, childScript } = this.options
    const patience = Date.now() + FOLDER_PATIENCE_MS
    for (let ports = 1; ; ) {
      this.throwIfStopped()
      const run = new EngineProcess(childScript, directory, this.port)
      this.process = run
      try {
        await run.untilAnswering('projector', this.credentials.projector)
        this.throwIfStopped()
        return this.isUp(run)
      } catch (error) {
        this.throwIfStopped()
        if (error instanceof PortTakenError && ports++ < PORT_TRIES) this.port = await freePort()
        else if (error instanceof FolderInUseError && Date.now() < patience) await this.pause(200)
        else throw error
      }
    }
  }

  private isUp(run: EngineProcess): void {
    this.current = 'up'
    this.trouble = undefined
    const since = Date.now()
    void run.ended.then(() => this.hasEnded(since))
  }

  /** Starts it again and again, ever more slowly, until it is up or stopped: what stood in the way may be put right meanwhile. */
  private async hasEnded(since: number): Promise<void> {
    if (this.isStopped()) return
    this.current = 'restarting'
    this.report(new EngineFailedError('The ClickHouse engine ended unexpectedly; it is being started again. Nothing is lost.'))
    if (Date.now() - since > SETTLED_MS) this.restarts = 0
    while (!this.isStopped()) {
      await this.pause(Math.min(FIRST_PAUSE_MS * 2 ** this.restarts++, LONGEST_PAUSE_MS))
      try {
        await this.launch()
        this.options.log('The ClickHouse engine is up again.')
        for (const listener of this.listeners) listener()
        return
      } catch (error) {
        if (!this.isStopped()) this.report(error)
      }
    }
  }

  /** Said once, not at each try. */
  private report(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (message !== this.trouble) this.options.log(message)
    this.trouble = message
  }

  /** Waits, but no longer than until the stop. */
  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined)
  }

  private isStopped(): boolean {
    return this.current === 'stopped'
  }

  private throwIfStopped(): void {
    if (this.isStopped()) throw new EngineFailedError('The ClickHouse engine was stopped.')
  }
}
