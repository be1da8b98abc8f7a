import { foldOf, KEPT, keptRows, type Kept } from './tables'
import { BUCKETS } from './touched'

/** What a question takes besides its own parameters when its views are written out. */
export interface WrittenOut {
  readonly sql: string
  /** The kept folds it reads; of each the parameter {@link holdingOf} says which generation of each part holds. */
  readonly reads: readonly Kept['name'][]
}

/** The parameter that says which generation of each part of a kept fold holds: of the first school in scope 256 of them, then of the next. */
export const holdingOf = (name: Kept['name']): string => `holding_${name}`

/**
 * A question with the views of the facts written out where it names them: planning a view, and looking in each for the generations that
 * hold, takes longer than reading the rows of a few schools. Views whose schools are not a parameter of the question stay as they are.
 * `scope` of the question has to have every school that it reads.
 */
export function writtenOut(sql: string): WrittenOut {
  const reads = new Set<Kept['name']>()
  const text = expanded(sql, (name) => reads.add(name))
  return { sql: text, reads: [...reads] }
}

type Arguments = Readonly<Record<string, string>>

function expanded(sql: string, read: (name: Kept['name']) => void): string {
  return sql.replace(VIEW, (call: string, name: string, given: string) => {
    const args: Arguments = Object.fromEntries([...given.matchAll(ARGUMENT)].map(([, parameter, value]) => [parameter, value]))
    const body = args.schools?.startsWith('{') ? bodyOf(name, args, read) : undefined
    return body === undefined ? call : `(${body})`
  })
}

function bodyOf(name: string, args: Arguments, read: (name: Kept['name']) => void): string | undefined {
  const kept = KEPT.find((k) => k.name === name)
  if (kept) {
    read(kept.name)
    return withArguments(keptRows(kept, '', holds(kept)), args)
  }
  const fold = foldOf(name)
  return fold && expanded(withArguments(fold, args), read)
}

const holds = ({ name, school }: Kept): string =>
  `generation = {${holdingOf(name)}:Array(UInt64)}[(indexOf({scope:Array(UUID)}, ${school}) - 1) * ${BUCKETS} + bucket + 1]`

const withArguments = (body: string, args: Arguments): string => body.replace(/\{(\w+):[^}]+\}/g, (parameter: string, name: string) => args[name] ?? parameter)

/** A view with its arguments. No argument of ours has a round bracket outside a call of one level. */
const VIEW = /\b([a-z_]+)\(((?:schools|position) = (?:[^()]|\([^()]*\))*)\)/g
const ARGUMENT = /(\w+) = (\{[^}]*\}|\[[^\]]*\]|[^,]+)/g
