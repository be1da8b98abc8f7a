import { definitionOf } from './catalogue'
import type { EventDefinition } from './define'
import type { NewEvent } from './envelope'

/** An event was written by a newer program than this one, or by none of ours. */
export class UnknownEventError extends Error {
  readonly code = 'unknown-event'
}

/** The event in the newest version of its type. Old versions stay in the store as they were written. */
export function upcast<E extends NewEvent>(event: E): E {
  const definition = definitionOf(event.type)
  if (!definition) throw new UnknownEventError('This type of event is not known to this version of the program.')
  return upcastTo(definition, event)
}

/** The event in the newest version of a definition. */
export function upcastTo<E extends NewEvent>(definition: EventDefinition, event: E): E {
  if (event.version > definition.version)
    throw new UnknownEventError(`${definition.type} version ${event.version} was written by a newer version of this program.`)
  if (!(event.version >= 1)) throw new UnknownEventError(`${definition.type} has no version ${event.version}: versions start at 1.`)
  const steps = definition.upcasters.slice(event.version - 1)
  if (steps.length === 0) return event
  return { ...event, version: definition.version, data: steps.reduce((data, step) => step(data) as typeof data, event.data) }
}
