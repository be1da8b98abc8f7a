import type { CaseWaiting } from '@circumspect/dashboard'
import { prepareToday } from '../today/prepare'

export interface WaitingLine {
  readonly key: string
  readonly what: string
  readonly about: string
  readonly due: string
  readonly overdue: boolean
  readonly act: string
  readonly to: string
}

/** What waits in a case, the most urgent first, in the words of Today. */
export const prepareWaiting = ({ groups, names, day }: CaseWaiting, namesOfCase: Readonly<Record<string, string>>): WaitingLine[] =>
  prepareToday(groups, { ...namesOfCase, ...names }, day, false).flatMap(({ title, lines }) =>
    lines.map(({ key, about, due, overdue, act, to }) => ({ key, what: title, about, due, overdue, act, to })),
  )
