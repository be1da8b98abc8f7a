import type { Account } from '@circumspect/access'

/** The one account there is until people sign in. */
export const LOCAL_ACCOUNT: Account = { id: '00000000-0000-4000-8000-000000000001', role: 'designated-safeguarding-lead', schools: 'all' }
