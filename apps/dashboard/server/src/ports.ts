import type { Account, AuditLog, Gate } from '@circumspect/access'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import type { Reports } from '@circumspect/views'
import type { Request } from 'express'
import type { Leaving } from './leaving'

/** What the dashboard's server is given. It reads; it never writes to the history. */
export interface DashboardPorts {
  readonly reports: Reports
  readonly store: EventStore
  readonly vault: Vault
  readonly gate: Gate
  readonly audit: AuditLog
  readonly now: () => Date
  readonly accountOf: (request: Request) => Account
  /** Whether figures may leave as files. */
  readonly leaving: Leaving
  /** The parts whose state the health page shows, each `up` or what is the matter. */
  readonly parts: () => Readonly<Record<string, string>>
}

export const DASHBOARD_PORTS = Symbol('DashboardPorts')
