import { problemsOf, streamId } from '@circumspect/domain'
import { invalid, notFound, Problem } from '@circumspect/http'
import type { Draft } from '@circumspect/identity'
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Req } from '@nestjs/common'
import type { Request } from 'express'
import { z } from 'zod'
import { parsedId } from './events.controller'
import { INGEST_PORTS, type IngestPorts } from './ports'

/** A draft that nobody goes on with is deleted after so many days. */
export const DRAFT_DAYS = 7

export const draftSchema = z.strictObject({
  case: z.uuid('Give the id of the case it is for.').toLowerCase(),
  content: z.record(z.string(), z.unknown()).refine((content) => JSON.stringify(content).length <= 200_000, 'A draft can be 200,000 characters long.'),
})

export interface DraftShown {
  readonly id: string
  readonly case: string
  readonly savedAt: string
  /** When it is deleted if nobody goes on with it. */
  readonly until: string
  readonly content: unknown
}

/** What somebody has begun to write: of one account, encrypted in the vault, deleted when it is recorded or has come to its end. */
@Controller('api/drafts')
export class DraftsController {
  constructor(@Inject(INGEST_PORTS) private readonly ports: IngestPorts) {}

  @Get()
  async list(@Req() request: Request): Promise<{ drafts: DraftShown[] }> {
    return { drafts: (await this.of(request)).map(shown) }
  }

  @Get(':id')
  async read(@Param('id') id: string, @Req() request: Request): Promise<DraftShown> {
    const wanted = parsedId('draft', id)
    const found = (await this.of(request)).find((draft) => draft.id === wanted)
    if (!found) throw notFound('draft')
    return shown(found)
  }

  @Put(':id')
  @HttpCode(200)
  async keep(@Param('id') id: string, @Body() body: unknown, @Req() request: Request): Promise<{ savedAt: string; until: string }> {
    const parsed = draftSchema.safeParse(body)
    if (!parsed.success) throw invalid(problemsOf(parsed.error))
    const now = this.ports.now()
    const savedAt = now.toISOString()
    const until = new Date(now.getTime() + DRAFT_DAYS * 24 * 3600_000).toISOString()
    const draft = { id: parsedId('draft', id), account: this.ports.accountOf(request), stream: streamId('case', parsed.data.case), savedAt, until }
    const kept = await this.ports.vault.keepDraft({ ...draft, content: JSON.stringify(parsed.data.content) })
    if (!kept) throw new Problem(409, { code: 'id-clash', title: 'This id is taken', detail: 'Give the draft an id of its own.' })
    return { savedAt, until }
  }

  @Delete(':id')
  @HttpCode(204)
  async drop(@Param('id') id: string, @Req() request: Request): Promise<void> {
    await this.ports.vault.dropDraft(this.ports.accountOf(request), parsedId('draft', id))
  }

  private of(request: Request): Promise<readonly Draft[]> {
    return this.ports.vault.drafts(this.ports.accountOf(request), this.ports.now().toISOString())
  }
}

const shown = ({ id, stream, savedAt, until, content }: Draft): DraftShown => ({
  id,
  case: stream.slice('case-'.length),
  savedAt,
  until,
  content: JSON.parse(content) as unknown,
})
