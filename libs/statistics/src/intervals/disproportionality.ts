import { ArgumentError, requireCount, requirePositive } from '../argument-error'

/** Children of a group who are in the cell, and all children of that group on roll. */
export interface OnRoll {
  cell: number
  roll: number
}

/** The least numbers a ratio is given for. */
export interface Gate {
  cell: number
  roll: number
}

/** The highest thresholds presumed to be reasonable under IDEA, 34 CFR 300.647(b)(1). */
export const IDEA_GATE: Gate = { cell: 10, roll: 30 }

/** `why` is for the page, and says the threshold, never the number that fell short of it. */
export type GateAnswer = { open: true } | { open: false; short: ('cell' | 'roll')[]; why: string }

/** Whether a figure about this group may be given as a ratio, and if not, why not. At the threshold the gate is open. */
export function publishGate(group: OnRoll, gate: Gate = IDEA_GATE): GateAnswer {
  requireOnRoll('group', group)
  requireCount('gate.cell', gate.cell)
  requireCount('gate.roll', gate.roll)
  const short = (['cell', 'roll'] as const).filter((part) => group[part] < gate[part])
  if (short.length === 0) return { open: true }
  const said = { cell: `fewer than ${gate.cell} children in the cell`, roll: `fewer than ${gate.roll} children of the group on roll` }
  return { open: false, short, why: `No ratio is given: ${short.map((part) => said[part]).join(', and ')}.` }
}

/**
 * Risk ratio, 34 CFR 300.647(a)(6): the share of the group's children in the cell over the share of the comparison group's (all other
 * children on roll). Infinity if only the comparison group has none in the cell, null if neither has. It takes no gate: `gatedRiskRatio`.
 *
 * Refuses a roll of zero, a cell larger than its roll (count children here, not involvements), counts that are not whole.
 */
export function riskRatio(group: OnRoll, comparison: OnRoll): number | null {
  const risk = riskOf('group', group)
  const other = riskOf('comparison', comparison)
  return risk === 0 && other === 0 ? null : risk / other
}

/** Alternate risk ratio, 34 CFR 300.647(a)(1): the group's share over that of a larger population (the trust, the nation; above 0). */
export function alternateRiskRatio(group: OnRoll, populationRisk: number): number {
  requirePositive('populationRisk', populationRisk)
  if (populationRisk > 1) throw new ArgumentError('populationRisk', `must be a share of at most 1, not ${populationRisk}`)
  return riskOf('group', group) / populationRisk
}

export type GatedRatio = { kind: 'ratio' | 'alternate'; ratio: number; comparedWith: string } | { kind: 'withheld'; why: string }

/**
 * The ratio that 34 CFR 300.647(b) gives: none if the group is below the gate; the alternate one if only the comparison group is;
 * otherwise the risk ratio. Without a population's risk, a comparison group below the gate means none.
 */
export function gatedRiskRatio(group: OnRoll, comparison: OnRoll, populationRisk?: number, gate: Gate = IDEA_GATE): GatedRatio {
  const asked = publishGate(group, gate)
  if (!asked.open) return { kind: 'withheld', why: asked.why }
  const other = publishGate(comparison, gate)
  if (other.open) {
    const ratio = riskRatio(group, comparison)
    return ratio === null
      ? { kind: 'withheld', why: 'No ratio is given: neither group has a child in the cell.' }
      : { kind: 'ratio', ratio, comparedWith: 'all other children on roll' }
  }
  return populationRisk === undefined
    ? { kind: 'withheld', why: `${other.why.slice(0, -1)} (among those compared with).` }
    : { kind: 'alternate', ratio: alternateRiskRatio(group, populationRisk), comparedWith: 'the share in the larger population' }
}

function requireOnRoll(name: string, { cell, roll }: OnRoll): void {
  requireCount(`${name}.cell`, cell)
  requireCount(`${name}.roll`, roll)
  if (cell > roll) throw new ArgumentError(`${name}.cell`, `must be at most the children on roll (${roll}), not ${cell}`)
}

function riskOf(name: string, group: OnRoll): number {
  requireOnRoll(name, group)
  if (group.roll === 0) throw new ArgumentError(`${name}.roll`, 'must be at least 1: there is no share of nobody')
  return group.cell / group.roll
}
