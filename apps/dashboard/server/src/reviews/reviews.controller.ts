import { requestSchema, type CaseAround } from '@circumspect/views'
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common'
import type { Request } from 'express'
import { z } from 'zod'
import { caseAsked } from '../case-asked'
import { Names } from '../names'
import { DASHBOARD_PORTS, type DashboardPorts } from '../ports'
import { badQuery } from '../query'
import { ReviewReader, type ReviewShown } from './read-review'
import { sharedLessons, type SharedLesson } from './shared-lessons'

/** What there is to know for a review of the circumstances of a case, and what was reviewed so far. */
export interface CaseReview {
  readonly case: string
  readonly school: string
  /** The id to record under, and its revision now; -1 where nothing is recorded yet. */
  readonly review: string
  readonly revision: number
  readonly around: CaseAround
  readonly reviews: readonly ReviewShown[]
  /** What schools, places and actions agreed before are called, by id. */
  readonly names: Readonly<Record<string, string>>
}

export interface Lessons {
  readonly reviews: readonly ReviewShown[]
  readonly names: Readonly<Record<string, string>>
  /** There are more, and only the last are here. */
  readonly more: boolean
}

const MOST_REVIEWS = 500

const querySchema = z.strictObject({
  school: z.uuid().toLowerCase().optional(),
  from: requestSchema.shape.from,
  to: requestSchema.shape.to,
})
const EXPECTED: Readonly<Record<string, string>> = {
  school: 'Give the id of a school.',
  from: 'Give a date as YYYY-MM-DD.',
  to: 'Give a date as YYYY-MM-DD.',
  '': 'Only school, from and to are known here.',
}

@Controller('api')
export class ReviewsController {
  private readonly names: Names
  private readonly reader: ReviewReader

  constructor(@Inject(DASHBOARD_PORTS) private readonly ports: DashboardPorts) {
    this.names = new Names(ports.store, ports.vault)
    this.reader = new ReviewReader(ports.store, ports.vault)
  }

  /** Reading what was reviewed of a case is reading the case: it is written down. */
  @Get('cases/:id/review')
  async ofCase(@Param('id') id: string, @Req() request: Request): Promise<CaseReview> {
    const { caseId, school, account } = await caseAsked(this.ports, id, request)
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account, action: 'read-case', subject: caseId })
    const [around, review] = await Promise.all([this.ports.reports.around(caseId, school), this.reader.idFor(caseId)])
    // Its own is read although the views may not know it yet.
    const reviews = await this.readAll([...new Set([...around.reviews, review])])
    const own = reviews.find((r) => r.review === review)
    const names = new Map([
      ...(await this.names.byId([...new Set([school, ...around.incidents.map((i) => i.school)])])),
      ...(await this.names.actions([...new Set(around.agreed.map((a) => a.review))])),
    ])
    return { case: caseId, school, review, revision: own?.revision ?? -1, around, reviews, names: Object.fromEntries(names) }
  }

  /** Lessons and actions of the schools this account may see, in words. */
  @Get('lessons')
  async lessons(@Query() query: unknown, @Req() request: Request): Promise<Lessons> {
    const parsed = querySchema.safeParse(query)
    if (!parsed.success) throw badQuery(parsed.error, EXPECTED)
    const { school, from, to } = parsed.data
    const account = this.ports.accountOf(request)
    const reports = this.ports.reports.together()
    const schools = this.ports.gate.casesFor(account, school === undefined ? [] : [school], await reports.schools())
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account: account.id, action: 'read-report', subject: 'lessons' })
    const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    const found = await reports.reviews(schools, MOST_REVIEWS + 1, period)
    const reviews = await this.readAll(found.slice(0, MOST_REVIEWS).map((r) => r.review))
    return { reviews, names: Object.fromEntries(await this.names.byId(schools)), more: found.length > MOST_REVIEWS }
  }

  /** What other schools of the trust may learn from: see {@link sharedLessons}. */
  @Get('lessons/shared')
  async shared(@Req() request: Request): Promise<readonly SharedLesson[]> {
    const account = this.ports.accountOf(request)
    const reports = this.ports.reports.together()
    const all = await reports.schools()
    const own = this.ports.gate.casesFor(account, [], all)
    await this.ports.audit.write({ at: this.ports.now().toISOString(), account: account.id, action: 'read-report', subject: 'lessons-shared' })
    const trusts = new Set((await Promise.all(own.map((id) => this.names.trust(id)))).filter((trust) => trust !== undefined))
    const trustOf = new Map(await Promise.all(all.map(async (id) => [id, await this.names.trust(id)] as const)))
    const ofTrust = all.filter((id) => own.includes(id) || trusts.has(trustOf.get(id) ?? ''))
    const found = await reports.reviews(ofTrust, MOST_REVIEWS)
    return sharedLessons(await this.readAll(found.map((r) => r.review)))
  }

  private async readAll(ids: readonly string[]): Promise<ReviewShown[]> {
    return (await Promise.all(ids.map((id) => this.reader.read(id)))).filter((review) => review !== undefined)
  }
}
