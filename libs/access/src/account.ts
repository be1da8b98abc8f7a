/** Who looks, and as what. Who that is, is kept in the vault: nothing here names a person. */
export interface Account {
  readonly id: string
  readonly role: Role
  /** The schools this account may see; `all` of the store. */
  readonly schools: 'all' | readonly string[]
}

export const ROLES_OF_PEOPLE = ['designated-safeguarding-lead', 'headteacher', 'governor', 'trust-board'] as const
export type Role = (typeof ROLES_OF_PEOPLE)[number]

/** Roles that may see cases, and figures with small numbers in them; they alone record. */
export const CASE_READERS: readonly Role[] = ['designated-safeguarding-lead', 'headteacher']
