import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listDrafts, type Begun, type DraftKept } from './api'
import { fieldsOf } from './model/fields-of'
import { opening, type Values } from './model/values'
import { thingsOf } from './model/things'
import type { Chronology } from '@circumspect/dashboard'
import type { Start } from './record-form'

const newId = () => crypto.randomUUID()

/** The drafts of this account as they were when the page was opened. */
export const useDrafts = () => useQuery({ queryKey: ['drafts'], queryFn: listDrafts, staleTime: 0, gcTime: 0 })

/** What a form starts with, decided once: the draft there is, or a new beginning. Made anew by `again`. */
export function useStart(find: () => DraftKept | undefined, fresh: () => Pick<Start, 'caseId' | 'begun'>) {
  const [start, setStart] = useState<Start>(() => {
    const found = find()
    if (found) return { draft: found.id, caseId: found.case, begun: found.content, putBack: found.savedAt }
    return { draft: newId(), ...fresh() }
  })
  return { start, again: () => setStart({ draft: newId(), ...fresh() }) }
}

/** A form with nothing filled in but what can only be one thing. */
export function blank(type: string, chronology?: Chronology): Begun {
  const fields = fieldsOf(type)
  const things = thingsOf(chronology, [], '', {}, type)
  const only: Record<string, unknown> = {}
  for (const field of fields)
    if (field.kind === 'thing' && !field.optional && field.of !== 'child' && things[field.of]?.length === 1) only[field.key] = things[field.of]![0]!.value
  const onRoll = type === 'child-involved' && chronology ? { onRoll: chronology.school } : {}
  return { type, event: newId(), occurredAt: { precision: 'day' }, data: { ...opening(fields, newId), ...only, ...onRoll }, added: {} }
}

/** A form filled with what stands, to be corrected. */
export const correcting = (type: string, occurredAt: Begun['occurredAt'], data: Values, corrects: string): Begun => ({
  type, event: newId(), occurredAt, data, added: {}, corrects,
})
