import { ROLES_OF_PEOPLE, type Account, type Role } from '@circumspect/access'
import type { EventStore } from '@circumspect/event-store'
import { invalid, notFound } from '@circumspect/http'
import type { KeptAccount, Vault } from '@circumspect/identity'
import type { Reports } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Names } from '../names'
import { LOCAL_ACCOUNT } from './account'
import type { Sessions } from './sessions'

/** Who is to be let in. Nothing at all: whoever runs the service. */
export const linkSchema = z
  .strictObject({
    role: z.enum(ROLES_OF_PEOPLE).optional(),
    /** Names or ids. */
    schools: z.array(z.string().trim().min(1)).max(1000).default([]),
    name: z.string().trim().min(1).max(200).optional(),
    account: z.uuid().toLowerCase().optional(),
  })
  .refine(({ account, role, schools, name }) => account === undefined || (role === undefined && schools.length === 0 && name === undefined), {
    path: ['account'],
    message: 'An account that is there has its role and schools: give its id alone.',
  })
export type LinkAsked = z.input<typeof linkSchema>

/** Somebody who may be let in, with names for the screen of whoever runs the service. */
export interface Person {
  readonly id: string
  readonly role: Role
  /** Names of schools; `all` of the store. */
  readonly schools: 'all' | readonly string[]
  /** Null where none was given. */
  readonly name: string | null
}

export interface PeopleSource {
  readonly sessions: Sessions
  readonly vault: Vault
  readonly store: EventStore
  readonly reports: Pick<Reports, 'schools'>
  /** The address that people open, without a slash at its end. */
  readonly address: () => string
}

const OF_SCHOOLS: readonly Role[] = ['headteacher', 'governor']

/** Who may be let in, and as what: accounts in the vault, links to them in memory. */
export class People {
  private readonly names: Names

  constructor(private readonly source: PeopleSource) {
    this.names = new Names(source.store, source.vault)
  }

  /**
   * A link that lets one browser in, once, as the account asked for; made where there is none like it.
   * @throws Problem 422 where the role wants a school, or there is no such one
   */
  async linkFor(asked: z.output<typeof linkSchema>): Promise<{ link: string; person: Person }> {
    const account = await this.accountFor(asked)
    const token = this.source.sessions.issueLink(signedInAs(account))
    return { link: `${this.source.address()}/sign-in?token=${token}`, person: await this.person(account) }
  }

  async all(): Promise<Person[]> {
    return Promise.all((await this.source.vault.accounts()).map((account) => this.person(account)))
  }

  /** Forgets an account and shuts it out at once. What it recorded stays, under its id. @throws Problem 404 */
  async remove(id: string): Promise<void> {
    found(await this.source.vault.accounts(), id)
    await this.source.vault.dropAccount(id)
    this.source.sessions.shutOut(id)
  }

  private async accountFor({ account, role = 'designated-safeguarding-lead', schools: asked, name }: z.output<typeof linkSchema>): Promise<KeptAccount> {
    const kept = await this.source.vault.accounts()
    if (account !== undefined) return found([LOCAL_ACCOUNT, ...kept], account)
    if (role === 'designated-safeguarding-lead' && asked.length === 0 && name === undefined) return LOCAL_ACCOUNT
    if (asked.length === 0 && OF_SCHOOLS.includes(role)) throw invalid([{ field: 'schools', message: `A ${role} is of a school: say which, by its name or id.` }])
    const schools: KeptAccount['schools'] = asked.length === 0 ? 'all' : await this.idsOf(asked)
    const same = kept.find((one) => one.role === role && one.name === name && String(one.schools) === String(schools))
    const made: KeptAccount = { id: randomUUID(), role, schools, ...(name !== undefined && { name }) }
    if (!same) await this.source.vault.keepAccount(made)
    return same ?? made
  }

  /** By id, by the whole name or by a part that only one has. */
  private async idsOf(asked: readonly string[]): Promise<string[]> {
    const all = await Promise.all((await this.source.reports.schools()).map((id) => this.names.school(id)))
    const found = asked.map((given) => {
      const wanted = given.toLowerCase()
      const exact = all.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted)
      const like = exact.length > 0 ? exact : all.filter(({ name }) => name.toLowerCase().includes(wanted))
      if (like.length === 1) return like[0]!.id
      const names = (like.length > 1 ? like : all).map(({ name }) => name).sort()
      const message = like.length > 1 ? `Several schools are called like that: ${names.join('; ')}.` : `No school is called like that. There ${names.length === 0 ? 'is none yet.' : `are: ${names.join('; ')}.`}`
      throw invalid([{ field: 'schools', message }])
    })
    return [...new Set(found)].sort()
  }

  private async person({ id, role, schools, name }: KeptAccount): Promise<Person> {
    const named = schools === 'all' ? ('all' as const) : await Promise.all(schools.map(async (school) => (await this.names.school(school)).name))
    return { id, role: roleOf(role), schools: named, name: name ?? null }
  }
}

function found(accounts: readonly KeptAccount[], id: string): KeptAccount {
  const account = accounts.find((one) => one.id === id)
  if (!account) throw notFound('account')
  return account
}

const signedInAs = ({ id, role, schools }: KeptAccount): Account => ({ id, role: roleOf(role), schools })

/** The vault keeps roles as words: one that is not known here, of a newer program, opens nothing. */
function roleOf(role: string): Role {
  const known = ROLES_OF_PEOPLE.find((one) => one === role)
  if (known) return known
  throw new Error('An account has a role that this version does not know. Install the newer version again, or remove the account.')
}
