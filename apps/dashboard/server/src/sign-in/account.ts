import type { Account } from '@circumspect/access'
import type { Request } from 'express'

/** Whoever runs the service: its commands, and the first link. A safeguarding lead of all schools. */
export const LOCAL_ACCOUNT: Account = { id: '00000000-0000-4000-8000-000000000001', role: 'designated-safeguarding-lead', schools: 'all' }

/** Who was let in: by a session, or as a command of this installation. */
export interface LetIn {
  readonly account: Account
  readonly by: 'session' | 'tool'
}

const letIn = new WeakMap<Request, LetIn>()

/** Written down by the guard, once for each request. */
export const note = (request: Request, who: LetIn): void => void letIn.set(request, who)

/** Whose request this is. The guard has let it in, or there is a mistake in how the service is put together: then nobody's it is. */
export function whoAsks(request: Request): LetIn {
  const who = letIn.get(request)
  if (!who) throw new Error('This request did not come through the guard.')
  return who
}

export const accountOf = (request: Request): Account => whoAsks(request).account
