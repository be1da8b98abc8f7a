import { z } from 'zod'
import { belongsOn, definitionOf, definitionsFor } from '../catalogue'
import type { StreamKind } from '../envelope'
import { factSchema } from '../envelope'
import type { Command } from './command'

/** What is wrong with one field, and what was expected. Never repeats the value. */
export interface FieldProblem {
  /** `data.incident`, `occurredAt.date` … */
  readonly field: string
  readonly message: string
}

export type Parsed = { readonly command: Command } | { readonly problems: readonly FieldProblem[] }

const headSchema = factSchema.extend({ type: z.string(), data: z.record(z.string(), z.unknown()) })

/** Checks what a caller sent against the schema of its type. Unknown fields are problems, not ignored. */
export function parseCommand(kind: StreamKind, input: unknown): Parsed {
  const head = headSchema.safeParse(input)
  const type = typeof input === 'object' && input !== null && 'type' in input && typeof input.type === 'string' ? input.type : undefined
  const definition = type === undefined ? undefined : definitionOf(type)
  const problems = head.success ? [] : problemsOf(head.error)
  if (type !== undefined && (!definition || !belongsOn(definition, kind)))
    problems.push({ field: 'type', message: `No such type of event on a ${kind}. Expected one of: ${definitionsFor(kind).map((d) => d.type).join(', ')}.` })
  if (!definition || !head.success) return { problems }
  const data = definition.data.safeParse(head.data.data)
  if (!data.success) problems.push(...problemsOf(data.error, 'data'))
  if (problems.length > 0 || !data.success) return { problems }
  return { command: { ...head.data, data: data.data } as Command }
}

/** Zod's issues as problems by field. Zod's messages name what was expected, not what was sent. */
export const problemsOf = (error: z.ZodError, prefix = ''): FieldProblem[] =>
  error.issues.map((issue) => ({
    field: [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.'),
    message: issue.code === 'unrecognized_keys' ? 'There are fields here that are not known.' : issue.message,
  }))

/** The schema of all that may be sent for one kind of stream, for the description of the API. */
export const commandSchema = (kind: StreamKind): z.ZodType =>
  z.union(definitionsFor(kind).map((d) => factSchema.extend({ type: z.literal(d.type), data: d.data }).describe(d.title)))
