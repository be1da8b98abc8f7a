import { problemsOf } from '@circumspect/domain'
import { ERASURE_REASONS, type Erasure, type JointText } from '@circumspect/identity'
import { invalid, notFound } from '@circumspect/http'
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import { parsedId } from './events.controller'
import { INGEST_PORTS, type IngestPorts } from './ports'

const part = (max: number) => z.string().trim().min(1).max(max)

export const childSchema = z.strictObject({
  references: z
    .array(z.strictObject({ issuer: part(60), scheme: part(60), value: part(100) }))
    .max(10)
    .default([]),
  name: part(200).optional(),
  dateOfBirth: z.iso.date('Give a date as YYYY-MM-DD, for example 2015-01-31.').optional(),
})

export const erasureSchema = z.strictObject({ reason: z.enum(ERASURE_REASONS) })

/** Who a child is stays in the vault: here it gets its random id, and is forgotten. */
@Controller('api/children')
export class ChildrenController {
  constructor(@Inject(INGEST_PORTS) private readonly ports: IngestPorts) {}

  @Post()
  async register(@Body() body: unknown): Promise<{ child: string }> {
    const parsed = childSchema.safeParse(body)
    if (!parsed.success) throw invalid(problemsOf(parsed.error))
    const { references, name, dateOfBirth } = parsed.data
    const details = { ...(name !== undefined && { name }), ...(dateOfBirth !== undefined && { dateOfBirth }) }
    return { child: await this.ports.vault.childFor(references, details) }
  }

  /** Once erased, erased: asking again finishes what was left and lists what is still to be redacted. */
  @Post(':id/erasure')
  @HttpCode(200)
  async erase(@Param('id') id: string, @Body() body: unknown): Promise<Erasure> {
    const child = parsedId('child', id)
    const parsed = erasureSchema.safeParse(body)
    if (!parsed.success) throw invalid(problemsOf(parsed.error))
    const { vault, now } = this.ports
    const before = (await vault.erasures()).find((e) => e.child === child)
    if (!before && !(await vault.knowsChild(child))) throw notFound('child')
    const erasure = await vault.erase(child, now().toISOString(), parsed.data.reason)
    return { ...erasure, toRedact: await this.inHistory(erasure.toRedact) }
  }

  /** Each text once, without those of events that were sealed and then not appended: nobody can read them, or redact them. */
  private async inHistory(texts: readonly JointText[]): Promise<JointText[]> {
    const found = new Map<string, JointText>()
    for (const stream of new Set(texts.map((t) => t.stream))) {
      const ids = new Set((await this.ports.store.readStream(stream)).map((e) => e.id))
      for (const text of texts) if (text.stream === stream && ids.has(text.eventId)) found.set(`${text.eventId} ${text.field}`, text)
    }
    return [...found.values()]
  }
}
