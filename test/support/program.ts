import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './service'

const PROGRAM = 'dist/server/circumspect.js'

/** The built service as its user runs it, on a data folder of its own. */
export class RunningProgram {
  readonly directory = mkdtempSync(join(tmpdir(), 'circumspect-data-'))
  private child: ChildProcess | undefined
  output = ''

  /** Starts it and waits until it has printed its link, which is given back. */
  async start(command: 'start' | 'demo' = 'start'): Promise<string> {
    if (!existsSync(PROGRAM)) throw new Error('The programs are not built: npm run build')
    this.output = ''
    const child = spawn(process.execPath, [PROGRAM, command, '--data', this.directory, '--port', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // A group of its own, so that all of it can be killed at once; no browser to be opened.
      detached: true,
      env: { ...process.env, PATH: '' },
    })
    this.child = child
    child.stderr!.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    await until('the link is printed', () => {
      if (child.exitCode !== null) throw new Error(`It ended: ${this.output}`)
      return Promise.resolve(this.link() !== undefined)
    })
    return this.link()!
  }

  /** Runs another of its commands to its end. */
  async run(...args: string[]): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, [PROGRAM, ...args, '--data', this.directory], { stdio: ['ignore', 'ignore', 'pipe'] })
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
    return { code, output }
  }

  link(): string | undefined {
    return /http:\/\/127\.0\.0\.1:\d+\/sign-in\?token=[\w-]+/.exec(this.output)?.[0]
  }

  /** Asks the interface as a tool of this installation may. */
  async ask(path: string, body?: unknown): Promise<Response> {
    const { url, token } = JSON.parse(readFileSync(join(this.directory, 'service.json'), 'utf8')) as { url: string; token: string }
    const headers = { Authorization: `Bearer ${token}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) }
    return fetch(url + path, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) })
  }

  /** Waits until everything recorded, of which there is something, is in the views. */
  async caughtUp(): Promise<void> {
    await until('the views are at the head', async () => {
      const { head, watermark } = (await (await this.ask('/api/ready')).json()) as { head: number; watermark: number }
      return head >= 0 && watermark === head
    })
  }

  pid(): number {
    return this.child!.pid!
  }

  /** Ends it as Ctrl+C does, or as a power cut does. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  /** As a power cut does: the service and its engine at one blow. */
  async killGroup(): Promise<void> {
    const ended = new Promise((resolve) => this.child!.once('exit', resolve))
    process.kill(-this.pid(), 'SIGKILL')
    await ended
  }

  /** The process id of the engine, a child of the service; waits for it while the service starts it again. */
  async enginePid(): Promise<number> {
    const children = () => readFileSync(`/proc/${this.pid()}/task/${this.pid()}/children`, 'utf8').trim()
    await until('the engine has been started again', () => Promise.resolve(children() !== ''))
    return Number(children().split(' ')[0])
  }

  async end(): Promise<void> {
    await this.stop()
    rmSync(this.directory, { recursive: true, force: true })
  }
}
