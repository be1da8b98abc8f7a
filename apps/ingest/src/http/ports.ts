import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import type { Request } from 'express'
import type { Recorder } from '../recorder/recorder'

/** What the controllers are given. */
export interface IngestPorts {
  readonly recorder: Recorder
  readonly vault: Vault
  readonly store: EventStore
  readonly now: () => Date
  /** The account that sends this request. */
  readonly accountOf: (request: Request) => string
}

export const INGEST_PORTS = Symbol('IngestPorts')
