/** The parts of the bench, in the order they run. */
export const SECTIONS = ['scan', 'append', 'projection', 'latency', 'reports', 'growth', 'pages', 'postgresql', 'memory', 'kafka'] as const
export type Section = (typeof SECTIONS)[number]

/** One line of the bench: what was measured, against what, and what it should be. */
export interface Measured {
  readonly section: Section
  readonly what: string
  readonly figure: string
  /** What the figure is a ratio to, or how it was come by. */
  readonly against: string
  readonly aim?: string
  /** Is the aim reached? Absent where there is none, or where it could not be measured. */
  readonly reached?: boolean
}

/** What one size gave. */
export interface Results {
  readonly cases: number
  /** Taken into the views that most sections ask; 0 where none of those ran. */
  readonly events: number
  readonly schools: number
  readonly machine: string
  readonly seconds: number
  readonly measured: readonly Measured[]
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** To three figures. */
export const figure = (n: number): string => (Math.abs(n) >= 100 ? Math.round(n).toLocaleString('en-GB') : Number(n.toPrecision(3)).toString())
export const ms = (n: number): string => `${figure(n)} ms`
export const perSecond = (n: number): string => `${figure(n)}/s`

const verdict = ({ reached }: Measured) => (reached === undefined ? '' : reached ? 'reached' : '**FALLING SHORT**')

export function asMarkdown({ cases, events, schools, machine, seconds, measured }: Results): string {
  const n = (of: number) => of.toLocaleString('en-GB')
  const lines = measured.map((m) => `| ${m.what} | ${m.figure} | ${m.against} | ${m.aim ?? ''} | ${verdict(m)} |`)
  return [
    `### ${n(cases)} cases`,
    '',
    `${events === 0 ? '' : `${n(events)} events, ${n(schools)} schools; `}${machine}; ${Math.round(seconds)} s in all.`,
    '',
    '| what | figure | against, or how | aim | |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n')
}
