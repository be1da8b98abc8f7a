import { streamId } from '@circumspect/domain'
import { badRequest, notFound } from '@circumspect/http'
import type { Request } from 'express'
import { z } from 'zod'
import type { DashboardPorts } from './ports'

export interface CaseAsked {
  readonly caseId: string
  /** The school it is filed at. */
  readonly school: string
  /** The id of the account that asks. */
  readonly account: string
}

/**
 * The case that an address names, where whoever asks may read it.
 * @throws Problem 400 where it is no id, 404 where there is no such case; NotAllowedError
 */
export async function caseAsked({ store, gate, accountOf }: DashboardPorts, id: string, request: Request): Promise<CaseAsked> {
  const parsed = z.uuid().toLowerCase().safeParse(id)
  if (!parsed.success) throw badRequest('The address does not name a case: a UUID was expected.')
  const [first] = await store.readStream(streamId('case', parsed.data))
  if (!first) throw notFound('case')
  const account = accountOf(request)
  gate.caseOf(account, first.school)
  return { caseId: parsed.data, school: first.school, account: account.id }
}
