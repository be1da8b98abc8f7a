import { belongsOn, definitionOf, WITHDRAWAL, type DataOf } from '../catalogue'
import { parseStream, type NewEvent, type StreamId } from '../envelope'
import { isFuture } from '../occurred'
import type { Command, Context } from './command'
import { refuse, type Refusal } from './refusal'
import { brokenHere, brokenReference } from './references'
import { ruleFor, startRefusal } from './rules'
import { evolve, idsIn, isClosed, living, type Fact, type StreamState } from './state'

export type Decision = { readonly events: readonly NewEvent[] } | { readonly refusal: Refusal; readonly index: number }

/**
 * May these facts be recorded on this stream, all of them together? Pure: the same input gives the same answer.
 * `index` of a refusal says which command it is about.
 */
export function decide(stream: StreamId, state: StreamState, commands: readonly Command[], context: Context): Decision {
  const events: NewEvent[] = []
  let now = state
  for (const [index, command] of commands.entries()) {
    const event = refusalOf(stream, now, command, context) ?? toEvent(now, command, context)
    if ('code' in event) return { refusal: event, index }
    const after = evolve(now, event)
    const refusal = idRefusal(now, event) ?? refusalAfter(stream, now, after, event, context)
    if (refusal) return { refusal, index }
    events.push(event)
    now = after
  }
  return { events }
}

/** What can be said against a command before it is known what it corrects or takes back. */
function refusalOf(stream: StreamId, state: StreamState, command: Command, context: Context): Refusal | undefined {
  const definition = definitionOf(command.type)!
  const { kind } = parseStream(stream)
  if (!belongsOn(definition, kind))
    return refuse('wrong-stream', `"${definition.title}" is recorded on a ${definition.stream}, not on a ${kind}.`, 'type')
  if (state.factOf.has(command.id)) return refuse('already-recorded', 'An event with this id is recorded already.', 'id')
  if (isFuture(command.occurredAt, Date.parse(context.now)))
    return refuse('in-the-future', 'This has not happened yet. Give the date and time at which it happened.', 'occurredAt')
  if (command.supersedes !== undefined || command.type === WITHDRAWAL)
    return command.reason === undefined
      ? refuse('reason-missing', 'Say in a few words why this is corrected or taken back.', 'reason')
      : undefined
  if (isClosed(state) && !definition.afterClosing)
    return refuse('case-closed', 'The case is closed. Open it again first, with the reason.', 'type')
  return startRefusal(kind, state, command.type)
}

function toEvent(state: StreamState, command: Command, context: Context): NewEvent | Refusal {
  const { type, id, occurredAt, supersedes, reason, source, data } = command
  const base = {
    id,
    type,
    version: definitionOf(type)!.version,
    occurredAt,
    data,
    recordedAt: context.now,
    recordedBy: context.recordedBy,
    school: context.school,
    ...(reason !== undefined && { reason }),
    ...(source !== undefined && { source }),
  }
  if (supersedes === undefined) return type === WITHDRAWAL ? withdrawal(state, base) : base
  const fact = factNow(state, supersedes, 'supersedes')
  if ('code' in fact) return fact
  if (fact.type !== type) return refuse('other-type', `A correction is of the same type: ${fact.type}.`, 'type')
  if (fact.withdrawn)
    return refuse('already-withdrawn', 'This has been taken back. Restore it first by withdrawing the withdrawal.', 'supersedes')
  const corrected = { ...base, supersedes, original: { id: fact.id, revision: fact.revision } }
  return type === WITHDRAWAL ? rewordedWithdrawal(fact, corrected) : corrected
}

/** The fact an event stands for now; a refusal if the event is unknown or has been superseded. */
function factNow(state: StreamState, eventId: string, field: string): Fact | Refusal {
  const fact = state.facts.get(state.factOf.get(eventId) ?? '')
  if (!fact)
    return refuse('unknown-reference', 'No such event is in this record. Give the id of the event as the chronology shows it.', field)
  if (fact.current !== eventId)
    return refuse('already-superseded', `This has been corrected already, by event ${fact.current}. Correct that one.`, field)
  return fact
}

function withdrawal(state: StreamState, base: NewEvent): NewEvent | Refusal {
  const { event: target } = base.data as DataOf<'fact-withdrawn'>
  const fact = factNow(state, target, 'data.event')
  if ('code' in fact) return fact
  if (fact.withdrawn) return refuse('already-withdrawn', 'This has been taken back already.', 'data.event')
  const root = rootOf(state, fact)
  const event = { ...base, original: { id: root.id, revision: root.revision } }
  const effect = evolve(state, event).facts.get(root.id)!.withdrawn ? 'withdrawn' : 'restored'
  return { ...event, data: { event: target, effect } }
}

/** The fact that a chain of withdrawals is about in the end. */
function rootOf(state: StreamState, fact: Fact): Fact {
  if (fact.type !== WITHDRAWAL) return fact
  const target = (fact.data as DataOf<'fact-withdrawn'>).event
  return rootOf(state, state.facts.get(state.factOf.get(target)!)!)
}

/** A withdrawal can be corrected in its reason, not in what it takes back. */
function rewordedWithdrawal(fact: Fact, event: NewEvent): NewEvent | Refusal {
  const before = fact.data as DataOf<'fact-withdrawn'>
  const after = event.data as DataOf<'fact-withdrawn'>
  if (after.event !== before.event)
    return refuse('not-allowed-now', 'To take back another fact, withdraw this withdrawal and then withdraw that fact.', 'data.event')
  return { ...event, data: { event: before.event, ...(before.effect && { effect: before.effect }) } }
}

/** A new fact brings new things into being; a correction keeps the ids of those its fact brought. */
function idRefusal(state: StreamState, event: NewEvent): Refusal | undefined {
  const { names } = idsIn(event.type, event.data)
  if (event.supersedes === undefined) {
    const taken = names.find((n) => [...state.facts.values()].some((f) => f.names.some((other) => other.of === n.of && other.id === n.id)))
    return taken && refuse('already-named', `This ${taken.of} is recorded already. Give a new id, or correct the one there.`, taken.field)
  }
  const kept = state.facts.get(event.original!.id)!.names
  const changed = names.find((n) => !kept.some((k) => k.of === n.of && k.id === n.id))
  return changed && refuse('already-named', `A correction keeps the id of its ${changed.of}.`, changed.field)
}

/** What the stream would look like: the new fact must fit what holds, and a correction must not pull the ground from others. */
function refusalAfter(stream: StreamId, before: StreamState, after: StreamState, event: NewEvent, context: Context): Refusal | undefined {
  const fact = after.facts.get(after.factOf.get(event.id)!)!
  if (fact.type !== WITHDRAWAL) {
    const broken = brokenReference(after, fact, context) ?? ruleFor(fact.type).whenRecorded(after, fact, before, context)
    if (broken) return broken
  }
  if (event.original === undefined) return ruleFor(fact.type).always(after, fact)
  const { kind } = parseStream(stream)
  for (const other of living(after)) {
    const broken = brokenHere(after, other) ?? ruleFor(other.type).always(after, other) ?? startRefusal(kind, after, other.type)
    if (broken) return pulledDown(event, other, broken)
  }
  return undefined
}

/** The refusal of a correction, a withdrawal or a restoring after which `fact` would no longer hold. */
function pulledDown(event: NewEvent, fact: Fact, broken: Refusal): Refusal {
  const ofWithdrawal = event.type === WITHDRAWAL
  if (fact.id === event.original!.id) return ofWithdrawal ? { ...broken, field: 'data.event' } : broken
  const title = definitionOf(fact.type)!.title
  const message = `Another fact would no longer hold: "${title}" (event ${fact.current}). Correct or withdraw that first. The reason: ${broken.message}`
  return refuse('depended-on', message, ofWithdrawal ? 'data.event' : 'data')
}
