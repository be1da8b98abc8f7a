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
    problems.push({
      field: 'type',
      message: `No such type of event on a ${kind}. Expected one of: ${definitionsFor(kind)
        .map((d) => d.type)
        .join(', ')}.`,
    })
  if (!definition || !head.success) return { problems }
  const data = definition.data.safeParse(head.data.data)
  if (!data.success) problems.push(...problemsOf(data.error, 'data'))
  if (problems.length > 0 || !data.success) return { problems }
  return { command: { ...head.data, data: data.data } as Command }
}

/** Zod's issues as problems, the first of each field. */
export function problemsOf(error: z.ZodError, prefix = ''): FieldProblem[] {
  const first = new Map<string, FieldProblem>()
  for (const issue of error.issues) {
    const field = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.')
    if (!first.has(field)) first.set(field, { field, message: messageOf(issue) })
  }
  return [...first.values()]
}

const EXPECTED: Readonly<Record<string, string>> = { int: 'whole number', record: 'object' }

/** What was expected, in plain words, and never what was sent. Messages that a schema gives itself stand as they are. */
function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'There are fields here that are not known.'
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'This is missing.' : `Expected: ${EXPECTED[issue.expected] ?? issue.expected}.`
    case 'invalid_value':
      return `Expected one of: ${issue.values.map(String).join(', ')}.`
    case 'invalid_format':
      return issue.format === 'uuid' ? 'Expected: the id (UUID) of what is meant.' : issue.message
    case 'too_small':
      return issue.origin === 'string' ? 'This must not be empty.' : `Expected: at least ${issue.minimum}.`
    case 'too_big':
      return `Expected: at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}.`
    case 'invalid_union':
      return issue.message.replace(
        /^Invalid discriminator value. Expected (.*)$/,
        (_, options: string) => `Expected one of: ${options.replaceAll("'", '').replaceAll(' |', ',')}.`,
      )
    default:
      return issue.message
  }
}

/** The schema of all that may be sent for one kind of stream, for the description of the API. */
export const commandSchema = (kind: StreamKind): z.ZodType =>
  z.union(definitionsFor(kind).map((d) => factSchema.extend({ type: z.literal(d.type), data: d.data }).describe(d.title)))
