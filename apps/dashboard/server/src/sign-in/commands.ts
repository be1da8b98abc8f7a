import type { Role } from '@circumspect/access'
import type { ParseArgsConfig } from 'node:util'
import { personInWords } from '../../../web/src/people/words'
import type { Person } from './people'

/** A running service, and the token that lets its commands in. */
export interface Door {
  readonly url: string
  readonly token: string
}

/** What is said of the person a link is for. */
export const linkOptions = {
  role: { type: 'string' },
  school: { type: 'string', multiple: true },
  name: { type: 'string' },
  account: { type: 'string' },
} as const satisfies ParseArgsConfig['options']
export interface LinkOptions {
  readonly role?: string | undefined
  readonly school?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly account?: string | undefined
}

/** A new link, and whom it lets in. @throws Error with what is the matter, in words */
export async function askForLink(door: Door, { role, school = [], name, account }: LinkOptions): Promise<{ link: string; forWhom: string }> {
  const asked = { ...(role !== undefined && { role: roleFrom(role) }), ...(school.length > 0 && { schools: school }), ...(name !== undefined && { name }), ...(account !== undefined && { account }) }
  const { link, person } = await ask<{ link: string; person: Person }>(door, 'POST', '/api/links', asked)
  return { link, forWhom: personInWords(person) }
}

/** Everybody who may be let in, a line each, with the id that --account takes. */
export async function askForPeople(door: Door): Promise<string[]> {
  const { accounts } = await ask<{ accounts: Person[] }>(door, 'GET', '/api/accounts')
  return accounts.map((person) => `${person.id}  ${personInWords(person)}`)
}

export async function removePerson(door: Door, id: string): Promise<void> {
  await ask(door, 'DELETE', `/api/accounts/${encodeURIComponent(id)}`)
}

const SHORT: Readonly<Record<string, Role>> = { dsl: 'designated-safeguarding-lead', head: 'headteacher', board: 'trust-board' }
const roleFrom = (given: string): string => SHORT[given.toLowerCase()] ?? given.toLowerCase()

async function ask<T>({ url, token }: Door, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (response.status === 204) return undefined as T
  const answer = (await response.json()) as T & { detail?: string; errors?: readonly { field: string; message: string }[] }
  if (response.ok) return answer
  throw new Error((answer.errors ?? []).map(({ field, message }) => `--${field === 'schools' ? 'school' : field}: ${message}`).join('\n') || (answer.detail ?? 'The service gives no link now.'))
}
