import { REFERRAL_DUE } from '@circumspect/domain'
import { aalenJohansen, benjaminiHochberg, incidenceAt, kaplanMeier, logRank, medianTime, type CauseObservation, type CumulativeIncidence } from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition } from '../definition'
import { chanceInWords, counted, FALSE_SHARE, figure, nameOf, percent } from '../words'
import { answersByAgency } from './answers'
import answersSql from './answers.sql?raw'
import waitsSql from './waits.sql?raw'

type Outcome = 'referred' | 'against'
interface Case extends CauseObservation<Outcome> {
  readonly school: string
  readonly behaviour: string
}
const CAUSES = ['referred', 'against'] as const
const HOUR = 3_600_000
const DAY_HOURS = 24
const WEEK_HOURS = 168
/** Fewer cases say nothing about a time. */
const LEAST_CASES = 10

/** Time to referral with competing outcomes: a case decided against is no case that will still be referred. */
export const timeToReferral: AppraisalDefinition = {
  questions: { waits: { sql: waitsSql, params: { due_behaviours: REFERRAL_DUE } }, answers: { sql: answersSql } },
  appraise({ rows }) {
    const cases = rows.waits!.filter((r) => r.ms !== null).flatMap(casesOf)
    const coarse = rows.waits!.filter((r) => r.ms === null).reduce((sum, r) => sum + Number(r.cases), 0)
    const answers = answersByAgency(rows.answers!)
    if (cases.length < LEAST_CASES) return { findings: [few(cases.length, coarse)], tables: answers }
    const curve = aalenJohansen(cases, CAUSES)
    const bySchool = groups(cases, 'school')
    const byBehaviour = groups(cases, 'behaviour')
    return {
      findings: [overall(cases, curve, coarse), ...slow(bySchool, 'school'), ...slow(byBehaviour, 'behaviour')],
      tables: [curveTable(curve), groupTable('by-school', 'By school', bySchool), groupTable('by-behaviour', 'By behaviour as first recorded', byBehaviour), ...answers],
    }
  },
}

const casesOf = (r: Row): Case[] => {
  const cause = ({ 1: 'referred', 2: 'against' } as const)[Number(r.cause)] ?? null
  return Array.from({ length: Number(r.cases) }, () => ({ time: Number(r.ms), cause, school: String(r.school), behaviour: String(r.behaviour) }))
}

const shareAt = (curve: CumulativeIncidence<Outcome>, hours: number, cause: Outcome) => incidenceAt(curve, hours * HOUR)?.causes[cause]
const inWords = (share: ReturnType<typeof shareAt>): string =>
  share === undefined ? 'a share not known yet' : `${percent(share.share)}${share.interval ? ` (between ${percent(share.interval.lower)} and ${percent(share.interval.upper)})` : ''}`

const HOW = 'Aalen–Johansen with two outcomes, referred and decided against (a referral after a decision against counts as that decision); cases open on the day asked about are censored; 95 % log-log intervals from the infinitesimal jackknife. Cases referred before the school was told and cases not known to the hour are left out.'

function overall(cases: readonly Case[], curve: CumulativeIncidence<Outcome>, coarse: number): Finding {
  const open = cases.filter((c) => c.cause === null).length
  const left = coarse === 0 ? '' : ` ${counted(coarse, 'case')} ${coarse === 1 ? 'is' : 'are'} not known to the hour and left out.`
  return {
    code: 'share-referred',
    kind: 'note',
    text: `Of ${counted(cases.length, 'case')} where a referral was due, ${inWords(shareAt(curve, DAY_HOURS, 'referred'))} were referred within 24 hours of the first telling and ${inWords(shareAt(curve, WEEK_HOURS, 'referred'))} within a week; ${counted(open, 'case')} ${open === 1 ? 'is' : 'are'} neither referred nor decided against.`,
    caution: `It counts the time by what was recorded, not by what was done.${left} Open cases are counted for as long as they have been open.`,
    how: HOW,
  }
}

interface Group {
  readonly of: string
  readonly cases: readonly Case[]
  readonly curve: CumulativeIncidence<Outcome>
  /** Of the test against all other cases; undefined where either are too few. */
  readonly p: number | undefined
  readonly slower: boolean
  readonly others: CumulativeIncidence<Outcome>
}

function groups(cases: readonly Case[], key: 'school' | 'behaviour'): Group[] {
  return [...new Set(cases.map((c) => c[key]))].sort().map((of) => {
    const [own, others] = [cases.filter((c) => c[key] === of), cases.filter((c) => c[key] !== of)]
    const large = own.length >= LEAST_CASES && others.length >= LEAST_CASES
    // Of the rate at which open cases are referred: a case decided against is no longer open.
    const asReferred = (group: readonly Case[]) => group.map(({ time, cause }) => ({ time, event: cause === 'referred' }))
    const test = large ? logRank([asReferred(own), asReferred(others)]) : undefined
    return { of, cases: own, curve: aalenJohansen(own, CAUSES), p: test?.p, slower: test !== undefined && test.groups[0]!.observed < test.groups[0]!.expected, others: aalenJohansen(others, CAUSES) }
  })
}

/** The groups in which open cases are referred at a lower rate than elsewhere. */
function slow(all: readonly Group[], key: 'school' | 'behaviour'): Finding[] {
  const tested = all.filter((g) => g.p !== undefined)
  const q = benjaminiHochberg(tested.map((g) => g.p!))
  const where = (of: string) => (key === 'school' ? `At ${nameOf(of)}` : `Where “${of.replaceAll('.', ': ').replaceAll('-', ' ')}” was recorded first`)
  return tested.flatMap((g, i): Finding[] =>
    q[i]! > FALSE_SHARE || !g.slower
      ? []
      : [{
          code: key === 'school' ? 'slow-school' : 'slow-behaviour',
          kind: 'stands-out',
          text: `${where(g.of)}, referrals took longer: ${inWords(shareAt(g.curve, DAY_HOURS, 'referred'))} of ${counted(g.cases.length, 'case')} were referred within 24 hours, against ${inWords(shareAt(g.others, DAY_HOURS, 'referred'))} of the others. ${chanceInWords(q[i]!)}`,
          caution: 'Read the cases that waited longest: who had to decide, what was waited for, and whether the time was recorded when it happened.',
          how: `${HOW} Log-rank test of the rate of referral against all other cases, ${counted(tested.length, 'group')}, Benjamini–Hochberg, named below ${FALSE_SHARE}.`,
        }],
  )
}

const few = (cases: number, coarse: number): Finding => ({
  code: 'few-cases',
  kind: 'unsure',
  text: `In ${counted(cases, 'case')} a referral was due and the times are known to the hour: too few to say how long it takes.`,
  caution: coarse === 0 ? 'Choose a longer period.' : `${counted(coarse, 'case')} more ${coarse === 1 ? 'is' : 'are'} not known to the hour: record the time of the first telling and of the referral.`,
  how: HOW,
})

const CURVE_HOURS = [...Array.from({ length: 49 }, (_, h) => h), ...Array.from({ length: 28 }, (_, d) => (d + 3) * 24)]

function curveTable(curve: CumulativeIncidence<Outcome>): Table {
  return {
    name: 'curve',
    title: 'Share referred, and decided against, by the time since the first telling',
    columns: [
      { key: 'hours', label: 'Hours since', unit: 'hours' },
      { key: 'referred', label: 'Referred', unit: 'share' },
      { key: 'lower', label: 'from', unit: 'share' },
      { key: 'upper', label: 'to', unit: 'share' },
      { key: 'decided_against', label: 'Decided against', unit: 'share' },
    ],
    rows: CURVE_HOURS.flatMap((hours) => {
      const referred = shareAt(curve, hours, 'referred')
      if (!referred) return []
      return [{ hours, referred: figure(referred.share), lower: figure(referred.interval?.lower), upper: figure(referred.interval?.upper), decided_against: figure(shareAt(curve, hours, 'against')!.share) }]
    }),
  }
}

function groupTable(name: string, title: string, all: readonly Group[]): Table {
  const tested = all.filter((g) => g.p !== undefined)
  const q = new Map(benjaminiHochberg(tested.map((g) => g.p!)).map((value, i) => [tested[i]!.of, value]))
  const median = (g: Group) => medianTime(kaplanMeier(g.cases.map(({ time, cause }) => ({ time, event: cause !== null }))))
  const hours = (ms: number | null) => (ms === null ? null : figure(ms / HOUR, 1))
  return {
    name,
    title,
    columns: [
      name === 'by-school' ? { key: 'of', label: 'School', ref: 'school' } : { key: 'of', label: 'Behaviour' },
      { key: 'cases', label: 'Cases due, timed', unit: 'cases' },
      { key: 'open', label: 'Neither yet', unit: 'cases' },
      { key: 'within_24_hours', label: 'Referred within 24 hours', unit: 'share' },
      { key: 'lower', label: 'from', unit: 'share' },
      { key: 'upper', label: 'to', unit: 'share' },
      { key: 'within_a_week', label: 'Within a week', unit: 'share' },
      { key: 'median', label: 'Median hours to any decision', unit: 'hours' },
      { key: 'median_lower', label: 'from', unit: 'hours' },
      { key: 'median_upper', label: 'to', unit: 'hours' },
      { key: 'q', label: 'q-value against all others', unit: 'q' },
    ],
    rows: all.map((g) => {
      const [day, { time, lower, upper }] = [shareAt(g.curve, DAY_HOURS, 'referred'), median(g)]
      return {
        of: g.of, cases: g.cases.length, open: g.cases.filter((c) => c.cause === null).length, within_24_hours: figure(day?.share), lower: figure(day?.interval?.lower),
        upper: figure(day?.interval?.upper), within_a_week: figure(shareAt(g.curve, WEEK_HOURS, 'referred')?.share), median: hours(time), median_lower: hours(lower), median_upper: hours(upper),
        q: figure(q.get(g.of)),
      }
    }),
  }
}
