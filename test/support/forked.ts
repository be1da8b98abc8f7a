import { fork, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program of ours, running. */
export interface Forked {
  readonly child: ChildProcess
  /** What it has said on stdout so far, line by line. It grows. */
  readonly lines: readonly string[]
  /** Resolves with the next line that starts so, said already or yet to come; rejects if the program ends without it. */
  readonly said: (start: string) => Promise<string>
  readonly stderr: () => string
  /** Resolves when the process has ended and all that it said is in `lines`. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

/**
 * Starts a built program as a process of its own, joined by a channel for messages. A program that should not outlive the test ends
 * itself on `disconnect`. To kill it: `child.kill('SIGKILL')`.
 */
export function forkProgram(program: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env): Forked {
  const child = fork(program, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [], env })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const look = () => waiting.forEach((check) => check())
  createInterface({ input: child.stdout! }).on('line', (line) => {
    lines.push(line)
    look()
  })
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  let over = false
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      over = true
      look()
      resolve({ code, signal })
    })
  })
  const said = (start: string) =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        const line = lines.find((l) => l.startsWith(start))
        if (line === undefined && !over) return
        waiting.delete(check)
        if (line === undefined) reject(new Error(`${program} ended without saying "${start}": ${stderr}`))
        else resolve(line)
      }
      waiting.add(check)
      check()
    })
  return { child, lines, said, stderr: () => stderr, ended }
}
