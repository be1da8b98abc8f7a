import { problemsOf } from '@circumspect/domain'
import { invalid, notFound } from '@circumspect/http'
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common'
import { randomUUID } from 'node:crypto'
import type { Request } from 'express'
import { z } from 'zod'
import { mappingSchema } from '../import/mapping-schema'
import type { ImportResult } from '../import/result'
import { importFile } from '../import/run'
import { Turns } from '../recorder/turns'
import { INGEST_PORTS, type IngestPorts } from './ports'

export const importSchema = z.strictObject({ csv: z.string().min(1), mapping: mappingSchema, mode: z.enum(['preview', 'import']) })

type Job =
  | { readonly state: 'running'; readonly done: number; readonly total: number }
  | { readonly state: 'done'; readonly result: ImportResult }
  | { readonly state: 'failed'; readonly detail: string }

/** Imports remembered, for somebody to fetch the result. */
const REMEMBERED = 20

/** Long imports go on behind the request; whoever began one asks how far it is. Running one again changes nothing. */
@Controller('api/imports')
export class ImportsController {
  private readonly jobs = new Map<string, Job>()
  private readonly sources = new Turns()

  constructor(@Inject(INGEST_PORTS) private readonly ports: IngestPorts) {}

  @Post()
  @HttpCode(202)
  begin(@Body() body: unknown, @Req() request: Request): { id: string } {
    const parsed = importSchema.safeParse(body)
    if (!parsed.success) throw invalid(problemsOf(parsed.error))
    const { csv, mapping, mode } = parsed.data
    const account = this.ports.accountOf(request)
    const id = randomUUID()
    this.jobs.set(id, { state: 'running', done: 0, total: 0 })
    for (const old of [...this.jobs.keys()].slice(0, -REMEMBERED)) this.jobs.delete(old)
    // Two files of one source would each take the other's facts for gone.
    const work = this.sources.inTurn(mapping.source, () =>
      importFile(this.ports, csv, mapping, mode, account, (done, total) => this.note(id, { state: 'running', done, total })),
    )
    work.then(
      (result) => this.note(id, { state: 'done', result }),
      () =>
        this.note(id, {
          state: 'failed',
          detail:
            'The import stopped between two cases: the records could not be written. What was recorded stays; import the file again to go on.',
        }),
    )
    return { id }
  }

  @Get(':id')
  progress(@Param('id') id: string): Job {
    const job = this.jobs.get(id)
    if (!job) throw notFound('import here; after a restart, import the file again')
    return job
  }

  private note(id: string, job: Job): void {
    if (this.jobs.has(id)) this.jobs.set(id, job)
  }
}
