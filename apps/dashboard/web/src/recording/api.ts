import { ServerProblem } from '../shared/api'
import type { Values } from './model/values'
import type { FieldProblem } from '@circumspect/domain'

/** What a form holds while it is filled in; kept as a draft as it stands. */
export interface Begun {
  readonly type: string
  /** The id of the event: made once, so that recording twice is recording once. */
  readonly event: string
  readonly occurredAt: { readonly date?: string; readonly time?: string; readonly precision: string; readonly zone?: string }
  readonly data: Values
  /** What children added in this form are called, by their ids. */
  readonly added: Readonly<Record<string, string>>
  readonly reason?: string
  /** The event this corrects. */
  readonly corrects?: string
  /** The school of a case that begins with this. */
  readonly school?: string
}

export interface DraftKept {
  readonly id: string
  readonly case: string
  readonly savedAt: string
  readonly until: string
  readonly content: Begun
}

/** What stands against recording something: beside fields where it can be said which. */
export interface Refused {
  readonly code: string
  readonly detail: string
  readonly errors: readonly FieldProblem[]
}

export class RefusedError extends ServerProblem {
  constructor(readonly refused: Refused) {
    super(refused.detail)
  }
}

const NO_ANSWER: Refused = {
  code: 'no-answer',
  detail: 'The service did not answer. What you have written stays here; try again. It will be recorded once only.',
  errors: [],
}

async function send<T>(method: string, address: string, body?: unknown, more: RequestInit = {}): Promise<T> {
  const sent = body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(address, { method, ...sent, ...more }).catch(() => {
    throw new RefusedError(NO_ANSWER)
  })
  if (response.status === 204) return undefined as T
  const answer = (await response.json().catch(() => ({}))) as T & Partial<Refused>
  if (response.ok) return answer
  const { code = 'unknown', detail = 'The service did not answer as expected. What you have written stays here.', errors = [] } = answer
  throw new RefusedError({ code, detail, errors })
}

export const listDrafts = async (): Promise<readonly DraftKept[]> => (await send<{ drafts: DraftKept[] }>('GET', '/api/drafts')).drafts

export const keepDraft = (id: string, caseId: string, content: Begun, more?: RequestInit) =>
  send<{ savedAt: string; until: string }>('PUT', `/api/drafts/${id}`, { case: caseId, content }, more)

export const dropDraft = (id: string) => send<void>('DELETE', `/api/drafts/${id}`)

/** The id of a child on record with this UPN, or of a new one. Name and UPN go to the vault alone. */
export const childFor = async (name: string, upn: string): Promise<string> => {
  const references = upn === '' ? [] : [{ issuer: 'dfe', scheme: 'upn', value: upn }]
  return (await send<{ child: string }>('POST', '/api/children', { references, ...(name !== '' && { name }) })).child
}

/** Records one event of a case at the revision that was seen; -1 for a case that begins with it. */
export const record = (caseId: string, command: unknown, revision: number, school?: string) => {
  const query = new URLSearchParams({ expectedRevision: String(revision), ...(school !== undefined && { school }) })
  return send<unknown>('POST', `/api/cases/${caseId}/events?${query.toString()}`, command)
}

/** Records one fact of a school. */
export const recordOfSchool = (school: string, command: unknown) => send<unknown>('POST', `/api/schools/${school}/events`, command)

const LOOK_AGAIN_MS = 300
const LOOKS = 100

/** Records a school, and waits until the views know of it: it can be chosen from then on. */
export async function registerSchool(school: string, command: unknown): Promise<void> {
  await recordOfSchool(school, command)
  for (let look = 0; look < LOOKS; look++) {
    const all = await send<{ id: string }[]>('GET', '/api/schools').catch(() => [])
    if (all.some(({ id }) => id === school)) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}
