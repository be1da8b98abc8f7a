import { BEHAVIOURS, problemsOf, YEAR_GROUPS } from '@circumspect/domain'
import { badRequest, invalid, notFound } from '@circumspect/http'
import { CASE_STATES, type CasesFound, type Today } from '@circumspect/views'
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common'
import type { Request } from 'express'
import { z } from 'zod'
import { Names } from '../names'
import { DASHBOARD_PORTS, type DashboardPorts } from '../ports'
import { nameMatcher } from './matching'

export interface NamedCasesFound extends CasesFound {
  /** What children, schools and places are called, by id. */
  readonly names: Readonly<Record<string, string>>
  /** So many children have such a name that not all were looked for. */
  readonly tooMany: boolean
}

/** A child, and the cases whose records name the child. */
export interface ChildShown extends NamedCasesFound {
  readonly child: string
  /** Null where none is kept: never given, or erased. */
  readonly name: string | null
  /** What waits in these cases: of the case, or of this child. */
  readonly waiting: Today
}

const PAGE = 50
const MOST_CHILDREN = 200
const MOST_OF_A_CHILD = 500

const day = () => z.iso.date('Give a date as YYYY-MM-DD.')
const soughtSchema = z.strictObject({
  name: z.string().trim().max(200).optional(),
  upn: z.string().trim().max(40).optional(),
  school: z.uuid('Give the id of a school.').optional(),
  place: z.uuid('Give the id of a place.').optional(),
  behaviour: z.enum(BEHAVIOURS).optional(),
  yearGroup: z.enum(YEAR_GROUPS).optional(),
  state: z.enum(CASE_STATES).optional(),
  from: day().optional(),
  to: day().optional(),
  offset: z.number().int().min(0).max(100_000).default(0),
})

/**
 * Looks for cases and children. What is looked for comes in a body, never in an address: addresses are kept by browsers and proxies.
 * Names and references are looked up in the vault alone; the views are asked by id.
 */
@Controller('api')
export class FindController {
  private readonly names: Names

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.names = new Names(ports.store, ports.vault)
  }

  @Post('find')
  @HttpCode(200)
  async find(@Body() body: unknown, @Req() request: Request): Promise<NamedCasesFound> {
    const parsed = soughtSchema.safeParse(body)
    if (!parsed.success) throw invalid(problemsOf(parsed.error))
    const { name, upn, school, offset, ...rest } = parsed.data
    const account = this.ports.accountOf(request)
    const reports = this.ports.reports.together()
    const schools = this.ports.gate.casesFor(account, school === undefined ? [] : [school], await reports.schools())
    const children = await this.childrenSought(name, upn)
    // That somebody looked is written down; for whom, not.
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account: account.id, action: 'read-report', subject: 'find' })
    const found = await reports.find(
      { ...rest, schools, ...(children && { children: children.slice(0, MOST_CHILDREN) }) },
      PAGE,
      offset,
    )
    return this.named(found, schools, (children?.length ?? 0) > MOST_CHILDREN)
  }

  /** Every case that names the child, at the schools this account may see. Opening it is written down. */
  @Get('children/:id')
  async child(@Param('id') id: string, @Req() request: Request): Promise<ChildShown> {
    const parsed = z.uuid().toLowerCase().safeParse(id)
    if (!parsed.success) throw badRequest('The address does not name a child: a UUID was expected.')
    const child = parsed.data
    const account = this.ports.accountOf(request)
    const reports = this.ports.reports.together()
    const schools = this.ports.gate.casesFor(account, [], await reports.schools())
    const found = await reports.find({ schools, children: [child] }, MOST_OF_A_CHILD, 0)
    // Of a child of no case of theirs an account learns nothing, not even that there is one.
    if (found.total === 0) throw notFound('child')
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account: account.id, action: 'read-case', subject: child })
    const named = await this.named(found, schools, false)
    const waiting = waitingFor(child, await reports.today(schools, found.cases.map((one) => one.case)))
    return { ...named, child, waiting, name: named.names[child] ?? (await this.ports.vault.details(child))?.name ?? null }
  }

  /** The children of this name and UPN; undefined where neither was given. */
  private async childrenSought(name: string | undefined, upn: string | undefined): Promise<string[] | undefined> {
    if (!name && !upn) return undefined
    const byUpn = upn ? await this.ports.vault.findChild({ issuer: 'dfe', scheme: 'upn', value: upn }) : undefined
    if (!name) return byUpn === undefined ? [] : [byUpn]
    const matches = nameMatcher(name)
    const byName = await this.ports.vault.childrenLike((details) => matches(details.name), MOST_CHILDREN + 1)
    return upn ? byName.filter((child) => child === byUpn) : byName
  }

  private async named(found: CasesFound, schools: readonly string[], tooMany: boolean): Promise<NamedCasesFound> {
    const children = new Set(found.cases.flatMap(({ roles }) => roles.map(([child]) => child)))
    const names = [...(await this.names.byId(schools)), ...(await this.names.children(children))]
    return { ...found, names: Object.fromEntries(names), tooMany }
  }
}

/** What waits for this child, or for the case as a whole; not for another child of it. */
function waitingFor(child: string, today: Today): Today {
  const groups = today.groups.map(({ what, items }) => {
    const own = items.filter((item) => item.child === null || item.child === child)
    return { what, total: own.length, items: own }
  })
  return { ...today, groups: groups.filter(({ total }) => total > 0) }
}
