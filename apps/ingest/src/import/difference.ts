import { WITHDRAWAL, type Command, type DataOf, type RecordedEvent, type StreamState } from '@circumspect/domain'
import canonicalize from 'canonicalize'
import type { WantedFact } from './plan'
import { idFrom } from './values'

/** What has to be recorded so that the history says what the file says. */
export interface Difference {
  readonly commands: readonly Command[]
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Ids of facts imported earlier of which the file no longer speaks. They stay. */
  readonly gone: readonly string[]
  /** Facts that the file changed and that somebody has corrected or withdrawn here since: they stay as they are here. */
  readonly kept: readonly string[]
}

const CHANGED = 'Changed in the source'

/**
 * Compares what a file wants recorded with what is. A correction made here by a person is left alone as long as the file says what it
 * said before.
 * @param events the stream, its texts opened
 */
export function differenceOf(source: string, wanted: readonly WantedFact[], state: StreamState, events: readonly RecordedEvent[]): Difference {
  const added: Command[] = []
  const changed: Command[] = []
  const kept: string[] = []
  let unchanged = 0
  for (const { command } of wanted) {
    const fact = state.facts.get(command.id)
    if (!fact) {
      added.push(command)
      continue
    }
    const imported = events.filter((e) => state.factOf.get(e.id) === fact.id && e.source?.system === source).at(-1)!
    if (content(imported) === content(command)) unchanged++
    else if (fact.withdrawn || fact.current !== imported.id) kept.push(fact.id)
    else changed.push({ ...command, id: idFrom(command.id, imported.id, content(command)), supersedes: imported.id, reason: CHANGED })
  }
  const { gone, unmade } = noLongerWanted(source, wanted, state, events)
  return { commands: [...unmade, ...changed, ...added], added: added.length, changed: changed.length + unmade.length, unchanged, gone, kept }
}

/** What an event says, apart from its id and what it replaces. */
function content({ type, occurredAt, source, data }: Pick<Command, 'type' | 'occurredAt' | 'source' | 'data'> | RecordedEvent): string {
  return canonicalize({ type, occurredAt, source, data })!
}

/** Facts the file no longer speaks of; those a rule made of facts that are still there are taken back. */
function noLongerWanted(source: string, wanted: readonly WantedFact[], state: StreamState, events: readonly RecordedEvent[]) {
  const ids = new Set(wanted.map((w) => w.command.id))
  const imported = new Set(events.filter((e) => e.source?.system === source).map((e) => e.id))
  const missing = [...state.facts.values()].filter((f) => !f.withdrawn && imported.has(f.id) && !ids.has(f.id) && f.type !== WITHDRAWAL)
  const isStill = (child: string) => wanted.some(({ command }) => command.type === 'child-involved' && (command.data as DataOf<'child-involved'>).child === child)
  const unmade = missing.filter((f) => {
    const act = f.data as DataOf<'act-recorded'>
    return f.type === 'act-recorded' && f.current === f.id && isStill(act.by) && isStill(act.on)
  })
  return {
    gone: missing.filter((f) => !unmade.includes(f)).map((f) => f.id),
    unmade: unmade.map(
      (f): Command => ({ id: idFrom('unmade', f.current), type: WITHDRAWAL, occurredAt: f.occurredAt, reason: CHANGED, source: { system: source, record: 'rule' }, data: { event: f.current } }),
    ),
  }
}
