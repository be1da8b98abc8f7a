import { parentPort } from 'node:worker_threads'
import { appraisals } from '.'
import type { ReportName } from '../report'
import type { AppraisalInput } from './definition'

/** The thread that works appraisals out, so that pages and recording do not wait for simulations. */
parentPort!.on('message', ({ id, name, input }: { id: number; name: ReportName; input: AppraisalInput }) => {
  try {
    parentPort!.postMessage({ id, done: appraisals[name].appraise(input) })
  } catch (error) {
    parentPort!.postMessage({ id, failed: error instanceof Error ? error.message : String(error) })
  }
})
