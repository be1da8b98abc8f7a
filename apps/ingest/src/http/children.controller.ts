import { problemsOf } from '@circumspect/domain'
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
  dateOfBirth: z.iso.date().optional(),
})

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

  @Post(':id/erasure')
  @HttpCode(200)
  async erase(@Param('id') id: string) {
    const child = parsedId('child', id)
    const before = (await this.ports.vault.erasures()).find((e) => e.child === child)
    if (!before && !(await this.ports.vault.knowsChild(child))) throw notFound('child')
    const { erasedAt, keysDestroyed, toRedact } = await this.ports.vault.erase(child, before?.erasedAt ?? this.ports.now().toISOString())
    return { child, erasedAt, keysDestroyed, toRedact }
  }
}
