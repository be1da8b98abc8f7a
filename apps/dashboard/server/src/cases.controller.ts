import { childrenOf, definitionOf, replay, streamId, visitLeaves, WITHDRAWAL, type FieldMeta, type StoredEvent, type StreamState } from '@circumspect/domain'
import { badRequest, notFound } from '@circumspect/http'
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common'
import type { Request } from 'express'
import { z } from 'zod'
import type { Leaving } from './leaving'
import { Names, type SchoolName } from './names'
import { DASHBOARD_PORTS, type DashboardPorts } from './ports'
import { badQuery } from './query'

const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z
    .string()
    .transform((cursor) => ({
      told: cursor.slice(0, 10),
      case: cursor.slice(11),
    }))
    .pipe(z.object({ told: z.iso.date(), case: z.uuid() }))
    .optional(),
})

const EXPECTED: Readonly<Record<string, string>> = {
  limit: 'Give a whole number from 1 to 500.',
  after: 'Give what the page before called next, as it stood there.',
  '': 'Only limit and after are known here.',
}

export interface ChronologyEntry {
  readonly id: string
  readonly type: string
  readonly title: string
  readonly revision: number
  readonly occurredAt: StoredEvent['occurredAt']
  readonly recordedAt: string
  /** `holds`: as things stand; `corrected`: replaced by a later entry; `withdrawn`: taken back. */
  readonly state: 'holds' | 'corrected' | 'withdrawn'
  readonly supersedes?: string
  readonly reason?: unknown
  readonly school: string
  readonly data: unknown
  /** What `data` says, leaf by leaf, in the order of its schema. */
  readonly fields: readonly ChronologyField[]
}

export interface ChronologyField {
  /** `behaviours.0`, `rating.before.severity` */
  readonly path: string
  readonly class: FieldMeta['field']
  /** What an id is of; what a measure is in. */
  readonly of?: string
  readonly value: unknown
}

export interface Chronology {
  readonly case: string
  readonly school: string
  readonly revision: number
  /** The children that its records name. */
  readonly children: readonly string[]
  readonly entries: readonly ChronologyEntry[]
  /** What children, schools and places are called, by id. */
  readonly names: Readonly<Record<string, string>>
}

@Controller('api')
export class CasesController {
  private readonly names: Names

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.names = new Names(ports.store, ports.vault)
  }

  /** Whether figures may leave as files, and if not, why. */
  @Get('leaving')
  leaving(): Leaving {
    return this.ports.leaving
  }

  /** The schools this account may see, with their places. */
  @Get('schools')
  async schools(@Req() request: Request): Promise<SchoolName[]> {
    const ids = this.ports.gate.schoolsFor(this.ports.accountOf(request), [], await this.ports.reports.schools())
    const schools = await Promise.all(ids.map((id) => this.names.school(id)))
    return schools.sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
  }

  /** The cases this account may read, the last told first, page by page. */
  @Get('cases')
  async list(@Query() query: unknown, @Req() request: Request) {
    const parsed = listSchema.safeParse(query)
    if (!parsed.success) throw badQuery(parsed.error, EXPECTED)
    const { limit, after } = parsed.data
    const schools = this.ports.gate.casesFor(this.ports.accountOf(request), [], await this.ports.reports.schools())
    const cases = await this.ports.reports.cases(schools, limit, after)
    const last = cases.at(-1)
    return {
      cases,
      ...(cases.length === limit && last && { next: `${last.told},${last.case}` }),
    }
  }

  /** Everything recorded in a case, in order, corrections shown as corrections. Reading it is itself recorded. */
  @Get('cases/:id')
  async chronology(@Param('id') id: string, @Req() request: Request): Promise<Chronology> {
    const parsed = z.uuid().toLowerCase().safeParse(id)
    if (!parsed.success) throw badRequest('The address does not name a case: a UUID was expected.')
    const stream = streamId('case', parsed.data)
    const history = await this.ports.store.readStream(stream)
    const first = history[0]
    if (!first) throw notFound('case')
    const account = this.ports.accountOf(request)
    this.ports.gate.caseOf(account, first.school)
    await this.ports.audit.write({
      at: this.ports.now().toISOString(),
      account: account.id,
      action: 'read-case',
      subject: parsed.data,
    })
    const state = replay(history)
    const entries = await Promise.all(history.map(async (event) => entry(state, await this.ports.vault.open(stream, event))))
    const children = [...new Set(history.flatMap(childrenOf))]
    const names = new Map([...(await this.names.byId(schoolsIn(entries))), ...(await this.names.children(children))])
    return { case: parsed.data, school: first.school, revision: state.revision, children, entries, names: Object.fromEntries(names) }
  }
}

/** The school the case is filed at, and the schools its records speak of. */
const schoolsIn = (entries: readonly ChronologyEntry[]): string[] => [
  ...new Set(entries.flatMap(({ school, fields }) => [school, ...fields.filter((f) => f.of === 'school').map((f) => String(f.value))])),
]

function entry(state: StreamState, event: StoredEvent): ChronologyEntry {
  const fact = state.facts.get(state.factOf.get(event.id)!)!
  const { id, type, revision, occurredAt, recordedAt, supersedes, reason, data } = event
  return {
    id,
    type,
    title: definitionOf(type)!.title,
    revision,
    occurredAt,
    recordedAt,
    school: event.school,
    data,
    fields: fieldsOf(event),
    state: fact.current !== id ? 'corrected' : fact.withdrawn && type !== WITHDRAWAL ? 'withdrawn' : 'holds',
    ...(supersedes !== undefined && { supersedes }),
    ...(reason !== undefined && { reason }),
  }
}

function fieldsOf({ type, data }: StoredEvent): ChronologyField[] {
  const fields: ChronologyField[] = []
  visitLeaves(definitionOf(type)!.data, data, ({ path, meta, value }) => {
    const of = meta.field === 'id' ? meta.of : meta.field === 'measure' ? meta.unit : undefined
    fields.push({ path: path.join('.'), class: meta.field, value, ...(of !== undefined && { of }) })
  })
  return fields
}
