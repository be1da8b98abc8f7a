import type { ParkedEvent } from '@circumspect/identity'
import type { DashboardPorts } from './ports'

/** Events that are in the history and in no figure, with the reason they have in common. It names types and versions, never what was recorded. */
export interface ParkedReason {
  readonly reason: string
  readonly events: number
}

type Where = Pick<DashboardPorts, 'vault' | 'reports'>

/** The events that are in no figure. One that a later version could carry, when the views were built anew, is no longer among them. */
export async function parkedNow({ vault, reports }: Where): Promise<readonly ParkedEvent[]> {
  return reports.notCarried(await vault.parked())
}

/** Those that figures computed up to a position are without, the most common reason first. */
export async function parkedUpTo(where: Where, position: number): Promise<readonly ParkedReason[]> {
  const counts = new Map<string, number>()
  for (const parked of await parkedNow(where))
    if (parked.position <= position) counts.set(parked.reason, (counts.get(parked.reason) ?? 0) + 1)
  return [...counts].map(([reason, events]) => ({ reason, events })).sort((a, b) => b.events - a.events || (a.reason < b.reason ? -1 : 1))
}
