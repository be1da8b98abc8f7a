import { z } from 'zod'
import { assessmentEvents } from './events/case/assessment'
import { conclusionEvents } from './events/case/conclusion'
import { incidentEvents } from './events/case/incident'
import { responseEvents } from './events/case/response'
import { supportEvents } from './events/case/support'
import { tellingEvents } from './events/case/telling'
import { childEvents } from './events/child/events'
import { reviewEvents } from './events/review/events'
import { schoolEvents } from './events/school/events'
import { definer, type EventDefinition } from './define'
import type { StreamKind } from './envelope'
import { code, refers } from './fields'

/**
 * Takes a fact back, whatever its type. A withdrawal is itself a fact: withdrawing it restores what it took back.
 * `effect` is worked out by the decider: it says what the withdrawal did to the fact named by the envelope's `original`.
 */
const factWithdrawn = definer('case')(
  'fact-withdrawn',
  'A fact was taken back',
  z.strictObject({ event: refers('event'), effect: code(['withdrawn', 'restored']).optional() }),
  { afterClosing: true },
)

const all = [
  ...tellingEvents,
  ...incidentEvents,
  ...assessmentEvents,
  ...responseEvents,
  ...supportEvents,
  ...conclusionEvents,
  ...schoolEvents,
  ...childEvents,
  ...reviewEvents,
  factWithdrawn,
] as const

type Definitions = (typeof all)[number]
export type EventType = Definitions['type']
export type DataOf<T extends EventType> = z.infer<Extract<Definitions, { type: T }>['data']>
/** What a caller may leave out is optional here: the schema fills it in. */
export type InputOf<T extends EventType> = z.input<Extract<Definitions, { type: T }>['data']>

const byType: ReadonlyMap<string, EventDefinition> = new Map(all.map((d) => [d.type, d as EventDefinition]))

export const eventTypes: readonly EventType[] = all.map((d) => d.type)
export const WITHDRAWAL = 'fact-withdrawn' satisfies EventType

/** The definition of an event type, or undefined for a type nobody has defined. */
export const definitionOf = (type: string): EventDefinition | undefined => byType.get(type)

/** Is this type at home on streams of this kind? Withdrawals are at home on all. */
export const belongsOn = (definition: EventDefinition, kind: StreamKind): boolean =>
  definition.stream === kind || definition.type === WITHDRAWAL

/** The definitions at home on one kind of stream. */
export const definitionsFor = (kind: StreamKind): readonly EventDefinition[] => all.filter((d) => belongsOn(d, kind))
