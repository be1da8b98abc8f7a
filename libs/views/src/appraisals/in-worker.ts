import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Appraiser } from '.'

type Result = Awaited<ReturnType<Appraiser>>
type Answer = { readonly id: number } & ({ readonly done: Result } | { readonly failed: string })

/** So many appraisals are kept; a new event makes a new input, so none is ever out of date. */
const KEPT = 64

/** What is asked again within a day differs by the clock alone; where that matters the rows differ too. */
const asOnThatDay = ({ report, ...rest }: Parameters<Appraiser>[1]) => ({ ...rest, report: { ...report, at: report.at.slice(0, 10) } })

/** An appraisal could not be worked out. */
export class AppraisalFailedError extends Error {
  readonly code = 'appraisal-failed'
}

/**
 * Works appraisals out in a thread of its own, one after the other, and keeps the last: the same input is worked out once. The thread
 * starts with the first question and is started again if it ends.
 */
export class AppraisalWorker {
  private worker: Worker | undefined
  private asked = 0
  private readonly waiting = new Map<number, { resolve: (result: Result) => void; reject: (error: Error) => void }>()
  private readonly kept = new Map<string, Promise<Result>>()

  /** `script` is the built program of worker.ts. */
  constructor(private readonly script: string) {}

  readonly appraise: Appraiser = (name, input) => {
    const key = createHash('sha256').update(name).update(JSON.stringify(asOnThatDay(input))).digest('base64')
    const before = this.kept.get(key)
    if (before) return before
    const result = this.ask(name, input)
    this.kept.set(key, result)
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!)
    // What failed may go better the next time.
    result.catch(() => this.kept.delete(key))
    return result
  }

  async close(): Promise<void> {
    await this.worker?.terminate()
  }

  private ask(...[name, input]: Parameters<Appraiser>): Promise<Result> {
    const id = ++this.asked
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      ;(this.worker ??= this.start()).postMessage({ id, name, input })
    })
  }

  private start(): Worker {
    const worker = new Worker(this.script)
    // It must not keep the process alive.
    worker.unref()
    worker.on('message', (answer: Answer) => {
      const asker = this.waiting.get(answer.id)
      this.waiting.delete(answer.id)
      if ('done' in answer) asker?.resolve(answer.done)
      else asker?.reject(new AppraisalFailedError(answer.failed))
    })
    const ended = (error: unknown) => {
      if (this.worker === worker) this.worker = undefined
      for (const { reject } of this.waiting.values())
        reject(new AppraisalFailedError(error instanceof Error ? error.message : 'The thread that works it out has ended.'))
      this.waiting.clear()
    }
    worker.on('error', ended)
    worker.on('exit', ended)
    return worker
  }
}
