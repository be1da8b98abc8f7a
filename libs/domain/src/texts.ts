import type { z } from 'zod'
import { definitionOf } from './catalogue'
import { envelopeSchema, type NewEvent, type SealedText } from './envelope'
import { mapLeaves, visitLeaves } from './leaves'
import type { TextAbout } from './fields'
import { upcast } from './upcast'

/** One text of an event: where it stands, what it is about, and which children it names by id. */
export interface TextField {
  /** `reason`, `source.record`, `data.overridden.reason` … */
  readonly field: string
  readonly about: TextAbout
  /** The children a text about a child is about. Empty for texts about a case or a school. */
  readonly children: readonly string[]
  readonly value: string | SealedText
}

type Replace = (text: TextField) => string | SealedText | undefined

/** Every child that a value names by id, each once. */
export function childrenNamedIn(schema: z.core.$ZodType, value: unknown): string[] {
  const ids = new Set<string>()
  visitLeaves(schema, value, ({ meta, value: id }) => {
    if (meta.field === 'id' && meta.of === 'child') ids.add(id as string)
  })
  return [...ids]
}

const replaceIn = (schema: z.core.$ZodType, value: unknown, prefix: string, replace: Replace): unknown =>
  mapLeaves(schema, value, (leaf) => {
    if (leaf.meta.field !== 'text') return leaf.value
    const children = leaf.meta.about === 'child' ? childrenNamedIn(schema, value) : []
    const about = leaf.meta.about === 'child' && children.length === 0 ? 'case' : leaf.meta.about
    return replace({ field: prefix + leaf.path.join('.'), about, children, value: leaf.value as string | SealedText })
  })

/** The event, in the newest version of its type, with each of its texts replaced; one replaced by `undefined` is left out. */
export function mapTexts<E extends NewEvent>(given: E, replace: Replace): E {
  const event = upcast(given)
  const definition = definitionOf(event.type)!
  const { reason, source } = event
  const envelope = replaceIn(envelopeSchema.pick({ reason: true, source: true }), { reason, source }, '', replace) as object
  const { reason: _reason, source: _source, ...rest } = event
  return { ...rest, ...envelope, data: replaceIn(definition.data, event.data, 'data.', replace) } as E
}

/** The texts of an event, those of the envelope first, then in schema order. */
export function textsOf(event: NewEvent): TextField[] {
  const found: TextField[] = []
  mapTexts(event, (text) => {
    found.push(text)
    return text.value
  })
  return found
}

/** The children an event names by id, each once. */
export function childrenOf(event: NewEvent): string[] {
  const { type, data } = upcast(event)
  return childrenNamedIn(definitionOf(type)!.data, data)
}
