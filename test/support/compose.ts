import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { until } from './service'

export interface ComposeService {
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly image: string
  readonly [rest: string]: unknown
}

/** The services of docker-compose.yml, as whoever starts them with these secrets would have them. */
export function composeServices(secrets: Readonly<Record<string, string>>): Readonly<Record<string, ComposeService>> {
  const text = readFileSync('docker-compose.yml', 'utf8').replace(/\$\{(\w+):\?[^}]*\}/g, (_all, name: string) => {
    if (secrets[name] === undefined) throw new Error(`docker-compose.yml wants ${name}.`)
    return secrets[name]
  })
  return (parse(text, { merge: true }) as { services: Record<string, ComposeService> }).services
}

/** Debian's docker-compose reads and checks a file without an engine. Says loudly where it is not there, and fails under CI. */
export function dockerComposeThere(): boolean {
  try {
    execFileSync('docker-compose', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    const what = "NOT TESTED: that docker-compose reads docker-compose.yml. Install Debian's docker-compose."
    if (process.env.CI) throw new Error(what)
    process.stderr.write(`\n*** ${what} ***\n`)
    return false
  }
}

/** A service of docker-compose.yml as a plain process: its start command, its environment. */
export class ServiceProcess {
  output = ''
  private constructor(private readonly child: ChildProcess) {
    child.stderr!.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
  }

  /** @param elsewhere what is not where it is within docker-compose: addresses */
  static async start({ command, environment }: ComposeService, elsewhere: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const [program, ...args] = command!
    const env = { PATH: process.env.PATH, ...environment, CIRCUMSPECT_HOST: '127.0.0.1', CIRCUMSPECT_PORT: '0', ...elsewhere }
    const running = new ServiceProcess(spawn(program!, args, { env, stdio: ['ignore', 'ignore', 'pipe'] }))
    await until('the service listens', () => {
      if (running.child.exitCode !== null) throw new Error(`It ended: ${running.output}`)
      return Promise.resolve(/ on 127\.0\.0\.1:\d+/.test(running.output))
    })
    return running
  }

  get url(): string {
    return `http://${/ on (127\.0\.0\.1:\d+)/.exec(this.output)![1]!}`
  }

  /** What `/api/ready` answers, with its status. */
  async ready(): Promise<{ readonly status: number; readonly parts: Readonly<Record<string, string>> }> {
    const response = await fetch(`${this.url}/api/ready`)
    return { status: response.status, ...((await response.json()) as { parts: Record<string, string> }) }
  }

  async untilReady(): Promise<void> {
    let last: unknown
    await until('the service is ready', async () => (last = await this.ready().catch(String), (last as { status?: number }).status === 200)).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(last)} ${this.output}`)
    })
  }

  /** One number of `/metrics`: the sum over its labels; undefined where there is none. */
  async metric(name: string): Promise<number | undefined> {
    const lines = (await (await fetch(`${this.url}/metrics`)).text()).split('\n').filter((line) => line.startsWith(`circumspect_${name}{`) || line.startsWith(`circumspect_${name} `))
    return lines.length === 0 ? undefined : lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }

  /** As docker-compose ends it: gives the exit code. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<{ readonly code: number | null }> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((resolve) => this.child.once('exit', resolve))
      this.child.kill(signal)
      await ended
    }
    return { code: this.child.exitCode }
  }
}
