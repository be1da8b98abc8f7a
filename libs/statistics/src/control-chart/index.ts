export * from './xmr'
export type { ChartRules, Rule, Signal } from './signals'
export * from './false-alarms'
