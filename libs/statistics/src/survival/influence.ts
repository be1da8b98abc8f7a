import type { RiskRow } from './observation'

/**
 * Sums of squared influences of the subjects on the Aalen–Johansen estimate (infinitesimal jackknife). The influence u of a subject on
 * survival S and on incidence c of a cause moves, at a time with n at risk, d events in all and e of the cause, from u to u(1 − d/n) −
 * S(own event − at risk · d/n)/n and from v to v + u·e/n + S(own event of the cause − at risk · e/n)/n.
 *
 * Those at risk have no event behind them and so share one influence; those that left move linearly. So three sums per cause (Σu², Σuv, Σv²
 * of those that left) and the shared pair (u, v) carry everything, and the cost does not grow with subjects × times.
 */
export class InfluenceSums {
  private atRisk = 0
  private u = 0
  private readonly v: number[]
  private uu = 0
  private readonly uv: number[]
  private readonly vv: number[]

  constructor(causes: number) {
    this.v = new Array<number>(causes).fill(0)
    this.uv = new Array<number>(causes).fill(0)
    this.vv = new Array<number>(causes).fill(0)
  }

  /** One distinct time; `survival` is that just before it. */
  step(row: RiskRow, survival: number): void {
    const n = row.atRisk
    const hazard = row.events.reduce((a, b) => a + b, 0) / n
    this.moveThoseThatLeft(row, hazard)
    // What everyone at risk gets, whatever happens to them; an event then adds its own jump.
    const u = this.u * (1 - hazard) + (survival * hazard) / n
    const v = this.v.map((value, kind) => value + (this.u * row.events[kind]!) / n - (survival * row.events[kind]!) / (n * n))
    const jump = survival / n
    row.events.forEach((events, own) => this.leave(events, u - jump, v.map((value, kind) => (kind === own ? value + jump : value))))
    this.leave(row.censored, u, v)
    this.u = u
    v.forEach((value, kind) => (this.v[kind] = value))
    this.atRisk = n - row.censored - row.events.reduce((a, b) => a + b, 0)
  }

  seOfSurvival(): number {
    return rootOf(this.uu + this.atRisk * this.u ** 2)
  }

  seOfCause(kind: number): number {
    return rootOf(this.vv[kind]! + this.atRisk * this.v[kind]! ** 2)
  }

  private moveThoseThatLeft(row: RiskRow, hazard: number): void {
    row.events.forEach((events, kind) => {
      const h = events / row.atRisk
      this.vv[kind]! += 2 * h * this.uv[kind]! + h * h * this.uu
      this.uv[kind] = (1 - hazard) * (this.uv[kind]! + h * this.uu)
    })
    this.uu *= (1 - hazard) ** 2
  }

  private leave(count: number, u: number, v: readonly number[]): void {
    this.uu += count * u * u
    v.forEach((value, kind) => {
      this.uv[kind]! += count * u * value
      this.vv[kind]! += count * value * value
    })
  }
}

/** The sums cancel to zero only to rounding where the share is certain; the variance of an uncertain one is at least about 1/n². */
const ROUNDING = 1e-15

const rootOf = (variance: number): number => (variance < ROUNDING ? 0 : Math.sqrt(variance))
