import { POLICY_DEFAULTS, type PolicyDays } from '@circumspect/domain'

/**
 * What can wait for somebody, the most urgent first. A child first: nobody has heard them yet, then nobody outside has been asked for
 * help, then the danger is not assessed; what was promised follows, then what is learnt from it.
 */
export const WAITING = [
  'take-up',
  'referral',
  'risk-assessment',
  'risk-again',
  'answer',
  'family',
  'safety-review',
  'risk-review',
  'support-review',
  'aftercare',
  'circumstances',
  'action',
] as const
export type Waiting = (typeof WAITING)[number]

/** Within how many school days after it began to wait each is due: what the policy calls it, or a number where the guidance gives one. */
const DUE: Readonly<Record<Waiting, PolicyDays | 0 | undefined>> = {
  'take-up': 'takenUp',
  // A referral is made at once.
  referral: 0,
  'risk-assessment': 'riskAssessment',
  'risk-again': 'riskAssessment',
  answer: 'referralAnswer',
  family: 'familiesTold',
  // Where its own review has no date.
  'safety-review': 'safetyPlanReview',
  'risk-review': undefined,
  'support-review': undefined,
  aftercare: undefined,
  circumstances: 'reviewOfCircumstances',
  action: undefined,
}

/** Something that waits, as the views have it. Days as YYYY-MM-DD. */
export interface Candidate {
  readonly what: Waiting
  readonly school: string
  /** Null for an action of a review of no case. */
  readonly case: string | null
  readonly child: string | null
  /** The referral, the plan, the assessment or the action. */
  readonly thing: string | null
  /** Of a referral. */
  readonly agency: string
  /** The review in which an action was agreed. */
  readonly review: string | null
  /** When it began to wait. */
  readonly since: string
  /** The day that somebody has set for it. */
  readonly due: string | null
}

export interface WaitingItem extends Omit<Candidate, 'due'> {
  /** The day it is, or was, due. */
  readonly due: string
  /** School days since it was due; 0 on the day; below 0 the school days that are left. */
  readonly late: number
}

export interface Policy {
  readonly school: string
  readonly what: string
  /** In force from this day. */
  readonly from: string
  readonly days: number
}

/** The school days of one school, in order. */
export type Calendar = readonly string[]

const DAY_MS = 86_400_000
const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
const isWeekday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** How many days of the calendar are on or before this one. */
function upTo(calendar: Calendar, day: string): number {
  let [low, high] = [0, calendar.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (calendar[middle]! <= day) low = middle + 1
    else high = middle
  }
  return low
}

/** The day so many school days after another; the same day for none. Beyond the calendar every weekday is taken for one. */
export function schoolDaysLater(calendar: Calendar, from: string, days: number): string {
  if (days === 0) return from
  const at = upTo(calendar, from) + days - 1
  if (at < calendar.length) return calendar[at]!
  let day = calendar.at(-1) !== undefined && calendar.at(-1)! > from ? calendar.at(-1)! : from
  for (let left = at - calendar.length + 1; left > 0;) {
    day = nextDay(day)
    if (isWeekday(day)) left--
  }
  return day
}

/** The policy of a school on a day: the last set that was in force by then, else what is usual. */
export function allowedDays(policies: readonly Policy[], school: string, what: PolicyDays, day: string): number {
  const own = policies.filter((p) => p.school === school && p.what === what && p.from <= day)
  return own.sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1)?.days ?? POLICY_DEFAULTS[what]
}

/** What waits with when it is due, each kind by its due day. `calendars` by school; `today` where the school is. */
export function waitingItems(
  candidates: readonly Candidate[],
  calendars: ReadonlyMap<string, Calendar>,
  policies: readonly Policy[],
  today: string,
): WaitingItem[] {
  const items = candidates.map((candidate): WaitingItem => {
    const { what, school, since } = candidate
    const calendar = calendars.get(school) ?? []
    const within = DUE[what]
    const days = within === undefined || within === 0 ? 0 : allowedDays(policies, school, within, since)
    const due = candidate.due ?? schoolDaysLater(calendar, since, days)
    return { ...candidate, due, late: upTo(calendar, today) - upTo(calendar, due) }
  })
  const rank = (item: WaitingItem) => WAITING.indexOf(item.what)
  const key = (item: WaitingItem) => `${item.due} ${item.since} ${item.case ?? ''} ${item.child ?? ''} ${item.thing ?? ''}`
  return items.sort((a, b) => rank(a) - rank(b) || (key(a) < key(b) ? -1 : 1))
}
