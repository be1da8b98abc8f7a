import type { EventStore } from '@circumspect/event-store'
import type { Parked } from '../strip'

/** Where the relay takes events from: in the order of their dense positions, from a position on, without a gap. */
export type RelaySource = Pick<EventStore, 'subscribe'>

export interface Lease {
  readonly name: string
  readonly holder: string
  /** Grows each time the lease changes hands. */
  readonly token: number
}

/** Who may do what only one may do at a time. */
export interface Leases {
  /** Undefined where another has it. */
  acquire(name: string, holder: string, milliseconds: number): Promise<Lease | undefined>
  /** False where it has run out or is another's. */
  renew(lease: Lease, milliseconds: number): Promise<boolean>
  /** Has anybody got it now? */
  held(name: string): Promise<boolean>
  release(lease: Lease): Promise<void>
}

/** How far somebody has come, by name. */
export interface Checkpoints {
  read(name: string): Promise<{ readonly version: number; readonly value: string | undefined }>
  /** The new version; undefined where another has written since, or holds a newer token. Durable when it resolves. */
  write(name: string, expected: number, value: string, token: number): Promise<number | undefined>
}

/** Keeps an event aside that cannot be carried. The same position is the same event, however often it comes. */
export type Park = (parked: Parked) => void | Promise<void>
