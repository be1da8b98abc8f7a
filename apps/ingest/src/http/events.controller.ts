import { parseCommand, streamId, type Command, type StreamKind } from '@circumspect/domain'
import { badRequest, invalid } from '@circumspect/http'
import { Body, Controller, Inject, Param, Post, Query, Req } from '@nestjs/common'
import type { Request } from 'express'
import { z } from 'zod'
import { refusalProblem } from './refusals'
import { RefusedError } from '../recorder/errors'
import type { Recorded, RecordOptions } from '../recorder/recorder'
import { INGEST_PORTS, type IngestPorts } from './ports'

/** At most this many events at once. */
export const BATCH = 500

export const recordQuerySchema = z.strictObject({
  school: z.uuid('Give the id of a school.').toLowerCase().optional(),
  expectedRevision: z
    .string()
    .regex(/^(-1|\d{1,9})$/, 'Give the revision of the last event you have seen, or -1 for a new stream.')
    .transform(Number)
    .optional(),
})

/** Facts come in here: one event or an array of them, all recorded or none. */
@Controller('api')
export class EventsController {
  constructor(@Inject(INGEST_PORTS) private readonly ports: IngestPorts) {}

  @Post('cases/:id/events')
  ofCase(@Param('id') id: string, @Query() query: unknown, @Body() body: unknown, @Req() request: Request) {
    return this.record('case', id, query, body, request)
  }

  @Post('schools/:id/events')
  ofSchool(@Param('id') id: string, @Query() query: unknown, @Body() body: unknown, @Req() request: Request) {
    return this.record('school', id, query, body, request)
  }

  @Post('children/:id/events')
  ofChild(@Param('id') id: string, @Query() query: unknown, @Body() body: unknown, @Req() request: Request) {
    return this.record('child', id, query, body, request)
  }

  @Post('reviews/:id/events')
  ofReview(@Param('id') id: string, @Query() query: unknown, @Body() body: unknown, @Req() request: Request) {
    return this.record('review', id, query, body, request)
  }

  private async record(kind: StreamKind, id: string, query: unknown, body: unknown, request: Request): Promise<Recorded> {
    const stream = streamId(kind, parsedId(kind, id))
    const commands = parsedCommands(kind, body)
    const options: RecordOptions = { recordedBy: this.ports.accountOf(request), ...parsedQuery(query) }
    try {
      return await this.ports.recorder.record(stream, commands, options)
    } catch (error) {
      throw error instanceof RefusedError ? refusalProblem(error) : error
    }
  }
}

export function parsedId(kind: string, id: string): string {
  const parsed = z.uuid().toLowerCase().safeParse(id)
  if (!parsed.success) throw badRequest(`The address does not name a ${kind}: a UUID was expected.`)
  return parsed.data
}

function parsedQuery(query: unknown): Omit<RecordOptions, 'recordedBy'> {
  const parsed = recordQuerySchema.safeParse(query)
  if (!parsed.success)
    throw badRequest(
      'Something after the ? of the address is not as expected.',
      parsed.error.issues.map((i) => ({
        field: i.path.join('.'),
        message: i.code === 'unrecognized_keys' ? 'Only school and expectedRevision are known here.' : i.message,
      })),
    )
  const { school, expectedRevision } = parsed.data
  return { ...(school !== undefined && { school }), ...(expectedRevision !== undefined && { expectedRevision }) }
}

function parsedCommands(kind: StreamKind, body: unknown): Command[] {
  const list = Array.isArray(body) ? body : [body]
  if (body === undefined || list.length === 0) throw badRequest('Send one event, or an array of events.')
  if (list.length > BATCH) throw badRequest(`Send at most ${BATCH} events at once.`)
  const commands = list.map((input, index) => {
    const parsed = parseCommand(kind, input)
    if ('problems' in parsed) throw invalid(parsed.problems, Array.isArray(body) ? index : undefined)
    return parsed.command
  })
  const seen = new Set<string>()
  for (const [index, { id }] of commands.entries()) {
    if (seen.has(id)) throw invalid([{ field: 'id', message: 'Two events of this request have the same id. Give each its own.' }], index)
    seen.add(id)
  }
  return commands
}
