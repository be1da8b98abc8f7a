import { importFile, mappingSchema, type ImportResult, type Mapping } from '@circumspect/ingest'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config'
import { openHistory } from '../history'
import { LOCAL_ACCOUNT } from '@circumspect/dashboard'
import { runningService, type RunningService } from '../service-file'

type Say = (text: string) => void
type Mode = 'preview' | 'import'
interface Options {
  readonly file: string | undefined
  readonly mapping: string | undefined
  readonly preview: boolean
}

/**
 * Imports a file: through the running service, or straight into the data folder where none runs. Ends with 0 where all of it came in,
 * with 2 where something was left out, with 1 where nothing was tried.
 */
export async function importCommand(config: Config, options: Options, say: Say): Promise<number> {
  const { file, mapping: mappingFile } = options
  if (file === undefined || mappingFile === undefined) {
    say('Say which file and which mapping: npm run import -- FILE --mapping MAPPING')
    return 1
  }
  for (const path of [file, mappingFile])
    if (!existsSync(path)) {
      say(`There is no file ${path}.`)
      return 1
    }
  const csv = readFileSync(file, 'utf8')
  const mapping = readMapping(mappingFile, say)
  if (!mapping) return 1
  const mode: Mode = options.preview ? 'preview' : 'import'
  const service = await runningService(config.directory)
  const result = service ? await throughService(service, csv, mapping, mode, say) : await intoFolder(config, csv, mapping, mode, say)
  report(result, say)
  return result.problems.length > 0 ? 2 : 0
}

function readMapping(path: string, say: Say): Mapping | undefined {
  try {
    const parsed = mappingSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (parsed.success) return parsed.data
    say(`The mapping ${path} is not as expected:`)
    for (const issue of parsed.error.issues) say(`  ${issue.path.join('.') || '(whole file)'}: ${issue.message}`)
  } catch {
    say(`The mapping ${path} is not JSON. Check brackets, commas and quotation marks.`)
  }
  return undefined
}

function progressOf(say: Say) {
  let last = 0
  return (done: number, total: number): void => {
    const percent = total === 0 ? 0 : Math.floor((done / total) * 100)
    if (percent >= last + 10) say(`  ${done} of ${total} cases (${(last = percent - (percent % 10))} %)`)
  }
}

async function intoFolder(config: Config, csv: string, mapping: Mapping, mode: Mode, say: Say): Promise<ImportResult> {
  const history = await openHistory(config, () => new Date())
  try {
    return await importFile(history, csv, mapping, mode, LOCAL_ACCOUNT.id, progressOf(say))
  } finally {
    await history.close()
  }
}

async function throughService(service: RunningService, csv: string, mapping: Mapping, mode: Mode, say: Say): Promise<ImportResult> {
  const { id } = await ask<{ id: string }>(service, '/api/imports', { csv, mapping, mode })
  const progress = progressOf(say)
  for (;;) {
    await sleep(300)
    const job = await ask<Job>(service, `/api/imports/${id}`)
    if (job.state === 'done') return job.result
    if (job.state === 'failed') throw new Error(job.detail)
    progress(job.done, job.total)
  }
}

type Job =
  | { readonly state: 'running'; readonly done: number; readonly total: number }
  | { readonly state: 'done'; readonly result: ImportResult }
  | { readonly state: 'failed'; readonly detail: string }

/** Asks the running service; what it says is the matter is what the person reads. */
async function ask<T>({ url, token }: RunningService, path: string, body?: object): Promise<T> {
  const headers = { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) }
  const sent = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  const response = await fetch(url + path, sent).catch(() => undefined)
  if (!response)
    throw new Error('The service has stopped answering. What came in so far is kept; start it and import again: nothing is recorded twice.')
  const answer = (await response.json()) as T & { detail?: string; errors?: readonly { field: string; message: string }[] }
  if (response.ok) return answer
  throw new Error([answer.detail, ...(answer.errors ?? []).map((e) => `  ${e.field}: ${e.message}`)].join('\n'))
}

function report({ mode, rows, cases, facts, gone, keptAsCorrectedHere, keptErased, problems }: ImportResult, say: Say): void {
  say(mode === 'preview' ? `\nA preview: nothing has been recorded. ${rows} rows:` : `\n${rows} rows imported:`)
  say(`  cases: ${cases.new} new, ${cases.changed} changed, ${cases.unchanged} as before, ${cases.leftOut} left out`)
  say(`  facts: ${facts.new} new, ${facts.changed} changed, ${facts.unchanged} as before`)
  if (gone.cases.length + gone.facts > 0)
    say(`  no longer in the file, and left as they are: ${gone.cases.length} cases, ${gone.facts} facts in other cases`)
  if (keptAsCorrectedHere > 0)
    say(`  changed in the file, but corrected here since, and left as corrected here: ${keptAsCorrectedHere} facts`)
  if (keptErased > 0) say(`  about children who have been erased, and not recorded: ${keptErased} facts`)
  if (problems.length > 0)
    say(`\n${problems.length} problems. A case with a problem is left out whole; correct the file and import it again.`)
  for (const { row, column, message } of problems) say(`  row ${row}${column === '' ? '' : `, column "${column}"`}: ${message}`)
}
