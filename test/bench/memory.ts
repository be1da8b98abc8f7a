import { readFileSync } from 'node:fs'

const EVERY_MS = 250

/** What these processes hold in memory together (PSS: pages they share count once), sampled; bytes. Linux only: undefined elsewhere. */
export class MemoryWatch {
  peak: number | undefined
  private readonly timer: NodeJS.Timeout

  constructor(private readonly pids: () => readonly (number | undefined)[]) {
    this.sample()
    this.timer = setInterval(() => this.sample(), EVERY_MS)
  }

  stop(): void {
    this.sample()
    clearInterval(this.timer)
  }

  private sample(): void {
    const sizes = this.pids().map((pid) => (pid === undefined ? 0 : pssOf(pid)))
    const known = sizes.filter((s) => s !== undefined)
    if (known.length === sizes.length) this.peak = Math.max(this.peak ?? 0, known.reduce((a, b) => a + b, 0))
  }
}

function pssOf(pid: number): number | undefined {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}
