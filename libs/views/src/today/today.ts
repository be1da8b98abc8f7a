import { REFERRAL_DUE } from '@circumspect/domain'
import type { Ask } from '../reports/scope'
import type { Calendar, Candidate, Policy, Waiting, WaitingItem } from './rules'
import { WAITING, waitingItems } from './rules'
import daysSql from './days.sql?raw'
import policiesSql from './policies.sql?raw'
import waitingSql from './waiting.sql?raw'

/** What waits for somebody today, the most urgent kind first; a kind of which nothing waits is left out. */
export interface Today {
  readonly position: number
  /** The day it is, YYYY-MM-DD. */
  readonly day: string
  readonly groups: readonly WaitingGroup[]
}

export interface WaitingGroup {
  readonly what: Waiting
  /** All that wait, listed or not. */
  readonly total: number
  /** The first due first; at most 500. */
  readonly items: readonly WaitingItem[]
}

/** Plans and actions are shown from so many days before they are due. */
const AHEAD_DAYS = 7
/** So far ahead school days are looked up; the longest a policy allows is 200 of them. */
const CALENDAR_DAYS = 330
const DAY_MS = 86_400_000
const daysAfter = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

interface Where {
  readonly schools: readonly string[]
  /** Only what waits in one of these cases; empty: in any. */
  readonly cases: readonly string[]
  readonly scope: readonly string[]
  readonly position: number
  readonly day: string
  /** No school day is looked up before this. */
  readonly firstDay: () => Promise<string>
}

/** Asks what waits, and says when each is due. */
export async function todayOf(ask: Ask, { schools, cases, scope, position, day, firstDay }: Where): Promise<Today> {
  if (position < 0) return { position, day, groups: [] }
  const common = { schools, scope, position, cases, at_date: day, horizon: daysAfter(day, AHEAD_DAYS), due_behaviours: REFERRAL_DUE }
  const [rows, policies, earliest] = await Promise.all([ask<Candidate & { total: string }>(waitingSql, common), ask<Policy>(policiesSql, common), firstDay()])
  const first = rows.reduce((before, { since, due }) => [since, due ?? since, before].sort()[0]!, day)
  const calendar = { ...common, first_day: first > earliest ? first : earliest, last_day: daysAfter(day, CALENDAR_DAYS) }
  const days = await ask<{ school: string; days: Calendar }>(daysSql, calendar)
  const calendars = new Map(days.map((row) => [row.school, row.days]))
  const totals = new Map(rows.map(({ what, total }) => [what, Number(total)]))
  const candidates = rows.map(({ total: _, ...row }) => ({ ...row, case: row.case === NIL ? null : row.case }))
  const items = waitingItems(
    candidates,
    calendars,
    policies.map((p) => ({ ...p, days: Number(p.days) })),
    day,
  )
  const groups = WAITING.map((what) => ({ what, total: totals.get(what) ?? 0, items: items.filter((item) => item.what === what) }))
  return { position, day, groups: groups.filter(({ total }) => total > 0) }
}

const NIL = '00000000-0000-0000-0000-000000000000'
