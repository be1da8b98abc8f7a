import { definitionOf } from './catalogue'
import type { NewEvent } from './envelope'

/** An event was written by a newer program than this one, or by none of ours. */
export class UnknownEventError extends Error {
  readonly code = 'unknown-event'
}

/** The event in the newest version of its type. Old versions stay in the store as they were written. */
export function upcast<E extends NewEvent>(event: E): E {
  const definition = definitionOf(event.type)
  if (!definition) throw new UnknownEventError(`No event type ${event.type} is known to this version.`)
  if (event.version > definition.version)
    throw new UnknownEventError(`${event.type} version ${event.version} was written by a newer version of this program.`)
  const steps = definition.upcasters.slice(event.version - 1)
  if (steps.length === 0) return event
  return { ...event, version: definition.version, data: steps.reduce((data, step) => step(data) as typeof data, event.data) }
}
