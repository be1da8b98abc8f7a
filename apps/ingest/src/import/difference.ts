import { idsIn, WITHDRAWAL, type Command, type DataOf, type Fact } from '@circumspect/domain'
import { contentOf, saysTheSame, type ImportedHistory } from './history'
import type { SourceIds } from './ids'
import type { Mapping } from './mapping-schema'
import type { WantedFact } from './wanted'

/** What has to be recorded so that the history says what the file says. */
export interface Difference {
  /** In an order in which they can be recorded, each with the fact of the file it comes from, if it comes from one. */
  readonly steps: readonly { readonly command: Command; readonly from?: WantedFact }[]
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Facts imported earlier of which the file no longer speaks. They stay. */
  readonly gone: readonly Fact[]
  /** Facts that the file changed and that somebody has corrected or withdrawn here since: they stay as they are here. */
  readonly corrected: number
  /** Facts about a child who has been erased: nothing more is recorded of them. */
  readonly erased: number
}

const CHANGED = 'Changed in the source'

/**
 * Compares what a file wants recorded with what is. A correction made here by a person is left alone as long as the file says what it
 * said before.
 */
export function differenceOf(ids: SourceIds, wanted: readonly WantedFact[], history: ImportedHistory, acts: Mapping['acts']): Difference {
  const count = { unchanged: 0, corrected: 0, erased: 0 }
  const added: WantedFact[] = []
  const changed: { command: Command; from: WantedFact }[] = []
  const restored: { command: Command; from: WantedFact }[] = []
  for (const from of wanted) {
    const { command } = from
    const fact = history.state.facts.get(command.id)
    const last = fact && history.lastSaid(fact)
    const named = [...idsIn(command.type, command.data).refers, ...(fact?.refers ?? [])]
    const isOfErased = named.some((r) => r.of === 'child' && history.erasedChildren.has(r.id))
    const own = fact && history.ownWithdrawal(fact)
    if (fact && !own && last && saysTheSame(command, last)) count.unchanged++
    else if (isOfErased || (last && last.erased.size > 0)) count.erased++
    else if (!fact) added.push(from)
    else if (own) restored.push({ command: takenBack(ids, command.occurredAt, own, history), from })
    else if (fact.withdrawn || fact.current !== last?.event.id) count.corrected++
    else changed.push({ command: replacement(ids, command, fact), from })
  }
  const { gone, unmade } = noLongerWanted(wanted, history, acts)
  const withdrawals = unmade.map((fact) => ({ command: takenBack(ids, fact.occurredAt, fact, history) }))
  return {
    steps: [...withdrawals, ...changed, ...restored, ...added.map((from) => ({ command: from.command, from }))],
    added: added.length,
    changed: changed.length + restored.length + unmade.length,
    ...count,
    gone,
  }
}

const replacement = (ids: SourceIds, command: Command, fact: Fact): Command => ({
  ...command,
  id: ids.after('changed', fact.current, contentOf(command)),
  supersedes: fact.current,
  reason: CHANGED,
})

/** Withdraws a fact; withdraws a withdrawal, to restore what it took back. */
const takenBack = (ids: SourceIds, occurredAt: Command['occurredAt'], fact: Fact, { state }: ImportedHistory): Command => ({
  id: ids.after('taken back', fact.current, String(state.revision)),
  type: WITHDRAWAL,
  occurredAt,
  reason: CHANGED,
  source: { system: ids.source, record: 'no longer so' },
  data: { event: fact.current },
})

/**
 * Facts the file no longer speaks of. An act that was made of the roles of two children goes when these are other roles now: it is
 * taken back, where nobody has corrected it here.
 */
function noLongerWanted(wanted: readonly WantedFact[], history: ImportedHistory, acts: Mapping['acts']): { gone: Fact[]; unmade: Fact[] } {
  const still = new Set(wanted.map((w) => w.command.id))
  const missing = history.said.filter((f) => !f.withdrawn && !still.has(f.id))
  const involved = new Set(wanted.filter((w) => w.command.type === 'child-involved').map((w) => w.command.data.child))
  const unmade = missing.filter((f) => {
    if (acts !== 'every-pair' || f.type !== 'act-recorded' || f.current !== history.lastSaid(f)?.event.id) return false
    const { by, on } = f.data as DataOf<'act-recorded'>
    return involved.has(by) && involved.has(on) && !history.erasedChildren.has(by) && !history.erasedChildren.has(on)
  })
  return { gone: missing.filter((f) => !unmade.includes(f)), unmade }
}
