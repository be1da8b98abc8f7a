import type { Incident, Involvement } from './world'

export interface Question {
  readonly schools: readonly string[]
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** The day it is asked. */
  readonly today: string
}

export type Row = Record<string, unknown>
export type Tables = Record<string, Row[]>

/** Exact quantile, interpolated between order statistics (Hyndman and Fan 7). */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!)
}
export const hoursOf = (ms: number | null) => (ms === null ? null : Math.round(ms / 36_000) / 100)
export const ratio = (a: number, b: number) => (b === 0 ? null : Math.round((a / b) * 10_000) / 10_000)
export const per = (a: number, b: number | null, n: number) => (b === null || b <= 0 ? null : Math.round((a / b) * n * 100) / 100)

/** Groups in the order of their keys (as text), each key's parts as columns. */
export function grouped<T>(items: readonly T[], key: (item: T) => Row, count: (group: T[]) => Row): Row[] {
  const groups = new Map<string, { key: Row; items: T[] }>()
  for (const item of items) {
    const k = key(item)
    const id = JSON.stringify(Object.values(k))
    groups.set(id, { key: k, items: [...(groups.get(id)?.items ?? []), item] })
  }
  return [...groups.values()].map((g) => ({ ...g.key, ...count(g.items) }))
}
export const distinct = (values: readonly unknown[]) => new Set(values.map((v) => JSON.stringify(v))).size

/** A question, and what it takes in. */
export class Asked {
  readonly from: string
  readonly to: string
  readonly dated: boolean
  readonly today: string
  readonly last: string
  constructor(private readonly question: Question) {
    this.from = question.from ?? '2000-01-01'
    this.to = question.to ?? '2199-12-31'
    this.dated = question.from !== undefined || question.to !== undefined
    this.today = question.today
    this.last = question.to !== undefined && question.to < question.today ? question.to : question.today
  }
  here = (school: string | null) => school !== null && this.question.schools.includes(school)
  covers = (day: string) => this.from <= day && day <= this.to
  /** In the period, by a date that is known at all. */
  dates = (i: Incident) => this.covers(i.day) && (i.fact.occurredAt.precision !== 'unknown' || !this.dated)
  counts = (v: Involvement) => this.here(v.data.onRoll) || (v.data.onRoll === null && this.here(v.incident.school))
  get schools() {
    return [...this.question.schools]
  }
}

