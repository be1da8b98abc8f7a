import { Problem } from '@circumspect/http'
import type { Appraisal, ReportRequest, ReportResult, Reports } from '@circumspect/views'
import { parkedUpTo } from '../parked'
import { ReviewReader } from '../reviews/read-review'
import { sharedLessons, type SharedLesson } from '../reviews/shared-lessons'
import { Names, reviewsIn, withNames, type SchoolName } from '../names'
import type { DashboardPorts } from '../ports'
import { ANNUAL_REPORTS, COMPARED_REPORTS, type AnnualInput } from './model'
import { daysOf } from './years'

/** So many years before are set beside the one asked for. */
const YEARS_BEFORE = 3
/** More than any trust records in a year. */
const MOST_REVIEWS = 100_000

export interface AnnualAsked {
  readonly year: number
  readonly schools: readonly string[]
  readonly asOf: string
}

type Source = Pick<DashboardPorts, 'reports' | 'store' | 'vault'>

/**
 * The instant of the last record in the views: as of it, the same question has the same answer from then on.
 * @throws Problem 409 where nothing is recorded
 */
export async function lastRecorded({ reports, store }: Source): Promise<string> {
  const position = await reports.watermark()
  const [last] = position < 0 ? [] : await store.readAll(position, 1)
  if (last) return last.recordedAt
  throw new Problem(409, { code: 'nothing-recorded', title: 'Nothing to report yet', detail: 'Nothing has been recorded yet, so there is no year to report on.' })
}

/** So many answers are kept: a report is read, then saved as a PDF and as a workbook. */
const MOST_KEPT = 8

/** Asks what an annual report is made from. */
export class AnnualQuestions {
  /** Figures by question and position. They hold no names: these are looked up each time. */
  private readonly kept = new Map<string, Results>()

  constructor(private readonly source: Omit<Source, 'reports'>) {}

  /** Everything an annual report is made from, out of reports that are asked together. */
  async ask(asked: AnnualAsked, reports: Reports): Promise<AnnualInput> {
    const source = { ...this.source, reports }
    const key = JSON.stringify([asked, await reports.watermark()])
    const results = this.kept.get(key) ?? (await askAll(source, asked))
    this.keep(key, results)
    return withWords(source, asked, results.overYears.position, results)
  }

  private keep(key: string, results: Results): void {
    this.kept.delete(key)
    this.kept.set(key, results)
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!)
  }
}

type Results = Pick<AnnualInput, 'reports' | 'appraisals' | 'overYears' | 'before'>

async function askAll({ reports }: Source, { year, schools, asOf }: AnnualAsked): Promise<Results> {
  const of = (first: number, last = first): ReportRequest => ({ schools: [...schools], from: daysOf(first).from, to: daysOf(last).to, asOf })
  const years = Array.from({ length: YEARS_BEFORE }, (_, i) => year - YEARS_BEFORE + i)
  const before: { year: number; reports: AnnualInput['before'][number]['reports'] }[] = []
  for (const y of years) before.push({ year: y, reports: await each(COMPARED_REPORTS, (name) => reports.run(name, of(y))) })
  return {
    before,
    reports: await each(ANNUAL_REPORTS, (name) => reports.run(name, of(year))),
    appraisals: await each(ANNUAL_REPORTS, (name) => reports.appraise(name, of(year))),
    overYears: await reports.appraise('trend', of(years[0]!, year)),
  }
}

/** One after the other: a report of a year is no reason to keep the pages waiting. */
async function each<N extends string, T>(names: readonly N[], ask: (name: N) => Promise<T>): Promise<Record<N, T>> {
  const answers: [N, T][] = []
  for (const name of names) answers.push([name, await ask(name)])
  return Object.fromEntries(answers) as Record<N, T>
}

const allOf = ({ reports, appraisals, overYears, before }: Results): (ReportResult | Appraisal)[] => [
  ...Object.values(reports),
  ...Object.values(appraisals),
  overYears,
  ...before.flatMap((b) => Object.values(b.reports)),
]

/** With what schools, places and actions were called then, and what was learnt, in words. */
async function withWords(source: Source, { year, schools, asOf }: AnnualAsked, position: number, results: Results): Promise<AnnualInput> {
  const { store, vault } = source
  const names = new Names(store, vault, asOf)
  const byId = new Map([...(await names.byId(schools)), ...(await names.actions([...new Set(allOf(results).flatMap(reviewsIn))]))])
  const said = (appraisal: Appraisal): Appraisal => ({
    ...appraisal,
    findings: appraisal.findings.map((finding) => ({ ...finding, text: withNames(finding.text, byId), caution: withNames(finding.caution, byId) })),
  })
  const appraisals = Object.fromEntries(Object.entries(results.appraisals).map(([name, appraisal]) => [name, said(appraisal)])) as AnnualInput['appraisals']
  const known = await Promise.all(schools.map((id) => names.school(id)))
  const [lessons, parked] = [await learnt(source, { year, schools, asOf }), await parkedUpTo(source, position)]
  return { ...results, appraisals, overYears: said(results.overYears), whose: whoseOf(known), year, asOf, position, schools, names: Object.fromEntries(byId), lessons, parked }
}

/** The lessons of the year that go beyond those who recorded them. */
async function learnt({ reports, store, vault }: Source, { year, schools, asOf }: AnnualAsked): Promise<SharedLesson[]> {
  const { from, to } = daysOf(year)
  const reader = new ReviewReader(store, vault, asOf)
  const reviews = []
  for (const { review } of await reports.reviews(schools, MOST_REVIEWS, { from, to, asOf })) reviews.push(await reader.read(review))
  const ofYear = reviews.filter((review) => review !== undefined).map((review) => ({ ...review, lessons: review.lessons.filter(({ on }) => on >= from && on <= to) }))
  return sharedLessons(ofYear)
}

/** A school by its name; several of one trust by the trust's. */
function whoseOf(schools: readonly SchoolName[]): string {
  if (schools.length === 1) return schools[0]!.name
  const trusts = new Map(schools.map(({ trust }) => [trust?.id, trust?.name]))
  const [name] = trusts.values()
  return trusts.size === 1 && name !== undefined ? name : `${schools.length} schools together`
}
