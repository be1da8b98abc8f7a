import { problemsOf } from '@circumspect/domain'
import { invalid, notFound } from '@circumspect/http'
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common'
import { randomUUID } from 'node:crypto'
import type { Request } from 'express'
import { z } from 'zod'
import { importFile, type ImportResult } from '../import/importer'
import { mappingSchema } from '../import/mapping'
import { INGEST_PORTS, type IngestPorts } from './ports'

const importSchema = z.strictObject({ csv: z.string().min(1), mapping: mappingSchema, mode: z.enum(['preview', 'import']) })

type Job =
  | { readonly state: 'running'; readonly done: number; readonly total: number }
  | { readonly state: 'done'; readonly result: ImportResult }
  | { readonly state: 'failed'; readonly detail: string }

/** Finished imports remembered, for somebody to fetch the result. */
const REMEMBERED = 100

/** Long imports go on behind the request; whoever began one asks how far it is. Running one again changes nothing. */
@Controller('api/imports')
export class ImportsController {
  private readonly jobs = new Map<string, Job>()

  constructor(@Inject(INGEST_PORTS) private readonly ports: IngestPorts) {}

  @Post()
  @HttpCode(202)
  begin(@Body() body: unknown, @Req() request: Request): { id: string } {
    const parsed = importSchema.safeParse(body)
    if (!parsed.success) throw invalid(problemsOf(parsed.error))
    const { csv, mapping, mode } = parsed.data
    const id = randomUUID()
    this.jobs.set(id, { state: 'running', done: 0, total: 0 })
    for (const old of [...this.jobs.keys()].slice(0, -REMEMBERED)) this.jobs.delete(old)
    importFile(this.ports, csv, mapping, mode, this.ports.accountOf(request), (done, total) => this.jobs.set(id, { state: 'running', done, total })).then(
      (result) => this.jobs.set(id, { state: 'done', result }),
      () => this.jobs.set(id, { state: 'failed', detail: 'The import stopped half way, between two cases. What was recorded stays; import the file again to go on.' }),
    )
    return { id }
  }

  @Get(':id')
  progress(@Param('id') id: string): Job {
    const job = this.jobs.get(id)
    if (!job) throw notFound('import here; after a restart, import the file again')
    return job
  }
}
