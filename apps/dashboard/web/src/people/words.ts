import type { Account } from '@circumspect/access'

type Schools = Account['schools']
/** Schools by their names. */
type OfSchools = Pick<Account, 'role' | 'schools'>

const ROLES: Readonly<Record<Account['role'], string>> = {
  'designated-safeguarding-lead': 'safeguarding lead',
  headteacher: 'headteacher',
  governor: 'governor',
  'trust-board': 'member of the trust’s board',
}

/** "governor of Example Primary", "safeguarding lead of all schools" */
export const roleInWords = ({ role, schools }: OfSchools): string => `${ROLES[role]} of ${schoolsInWords(schools)}`

export const schoolsInWords = (schools: Schools): string => {
  if (schools === 'all') return 'all schools'
  if (schools.length === 0) return 'no school'
  return schools.length === 1 ? schools[0]! : `${schools.slice(0, -1).join(', ')} and ${schools.at(-1)!}`
}

/** With the name, where one was given: "Somebody, governor of Example Primary". */
export const personInWords = ({ name, ...person }: OfSchools & { readonly name: string | null }): string => `${name === null ? '' : `${name}, `}${roleInWords(person)}`
