import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export type Env = Readonly<Record<string, string>>

/** The built programs. */
export const PROGRAM = 'dist/server/circumspect.js'
export const INGEST = 'dist/server/ingest.js'

/** Runs a program to its end, or kills it as a power cut does some time after it has said something. */
export async function run(args: readonly string[], env: Env, kill?: { readonly at: RegExp; readonly after: number }) {
  if (!existsSync(PROGRAM)) throw new Error('The programs are not built: npm run build')
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, ...env } })
  let output = ''
  let killing = false
  const hear = (chunk: Buffer) => {
    output += chunk.toString()
    if (!kill || killing || !kill.at.test(output)) return
    killing = true
    void sleep(kill.after).then(() => child.kill('SIGKILL'))
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const late = setTimeout(() => child.kill('SIGKILL'), 300_000)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(late)
  return { code, output }
}
