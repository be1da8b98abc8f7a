import type { ParkedEvent } from '../vault'
import { rowsOf, type Storage } from './work'

type Parked = { position: number | string; event: string; reason: string }

/** The events that could not be carried to the views, of all time, in order. */
export async function parkedIn(storage: Storage): Promise<readonly ParkedEvent[]> {
  const rows = await storage.read(() => rowsOf<Parked>('SELECT position, event, reason FROM parked ORDER BY position'))
  return rows.map(({ position, event, reason }) => ({ position: Number(position), eventId: event, reason }))
}
