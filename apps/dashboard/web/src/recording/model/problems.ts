import { definitionOf, parseCommand, problemsOf, type FieldProblem } from '@circumspect/domain'
import { DAY_EXPECTED } from '../../shared/day'
import { TIME_EXPECTED } from '../../shared/time'
import type { Field } from './field'

/** The field at a path below `data`, and what it is called; undefined where no form shows it. */
export function fieldAt(fields: readonly Field[], path: string): Field | undefined {
  const [key, ...rest] = path.split('.')
  const field = fields.find((f) => f.key === key)
  if (!field || rest.length === 0) return field
  if (field.kind === 'group') return fieldAt(field.fields, rest.join('.'))
  if (field.kind === 'list') return rest.length === 1 ? field : fieldAt(field.item, rest.slice(1).join('.'))
  if (field.kind === 'union')
    return (
      fieldAt(
        field.options.flatMap((o) => o.fields),
        rest.join('.'),
      ) ?? field
    )
  return field
}

const ASK: Partial<Record<Field['kind'], string>> = {
  choice: 'Choose one.',
  choices: 'Choose at least one.',
  flag: 'Answer yes or no.',
  date: 'Give a whole date.',
  dates: 'Give a whole date.',
  time: 'Give a time, for example 14:30.',
  text: 'Write something here.',
  thing: 'Choose one.',
  things: 'Choose at least one.',
  list: 'Add at least one.',
  union: 'Choose one.',
}

const BARE = /^(This is missing|This must not be empty|Expected: (?!at most)|Expected one of)/

/** A problem of a field in words for whoever fills in the form; what a rule says stands as it is. */
function inWords(fields: readonly Field[], { field: path, message }: FieldProblem): FieldProblem {
  const field = path.startsWith('data.') ? fieldAt(fields, path.slice(5)) : undefined
  if (path === 'occurredAt.date' && BARE.test(message)) return { field: path, message: 'Give the date, for example 3 March 2026.' }
  if (path === 'occurredAt.time' && /^A time goes with/.test(message)) return { field: path, message: 'Give the time, for example 14:30.' }
  if (/^Give a date as/.test(message)) return { field: path, message: DAY_EXPECTED }
  if (/^Give a time as/.test(message)) return { field: path, message: TIME_EXPECTED }
  if (field?.kind === 'number' && /^Expected|^This is missing/.test(message))
    return { field: path, message: `Give a whole number from ${field.min} to ${field.max}.` }
  if (!field || !BARE.test(message)) return { field: path, message }
  return { field: path, message: ASK[field.kind] ?? message }
}

/** What the schemas say against this before it is sent, in words: of the envelope and of the data, all at once. */
export function problemsBefore(
  fields: readonly Field[],
  command: { readonly type: string; readonly data: unknown },
): readonly FieldProblem[] {
  const parsed = parseCommand(definitionOf(command.type)!.stream, command)
  const ofHead = 'problems' in parsed ? parsed.problems.filter(({ field }) => !field.startsWith('data')) : []
  const data = definitionOf(command.type)!.data.safeParse(command.data)
  const ofData = data.success ? [] : problemsOf(data.error, 'data')
  return [...ofHead, ...ofData].map((problem) => inWords(fields, problem))
}
