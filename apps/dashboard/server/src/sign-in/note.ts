import type { Account } from '@circumspect/access'
import type { DashboardPorts } from '../ports'

/** Writes down who came in, and as what. */
export const signInNote =
  ({ audit, now }: Pick<DashboardPorts, 'audit' | 'now'>) =>
  ({ id, role }: Account): Promise<void> =>
    audit.write({ at: now().toISOString(), account: id, action: 'sign-in', subject: role })
