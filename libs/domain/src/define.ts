import type { z } from 'zod'
import type { StreamKind } from './envelope'

/**
 * Turns the data of one version into that of the next. Pure. Texts are sealed in the store, each bound to the path of its
 * field: an upcaster leaves a text where it stands, or leaves it out.
 */
export type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>

export interface EventDefinition<T extends string = string, S extends z.ZodType = z.ZodType> {
  readonly type: T
  readonly stream: StreamKind
  readonly version: number
  /** What it records, in plain English: shown in the chronology and in the API's description. */
  readonly title: string
  readonly data: S
  /** upcasters[n] takes version n + 1 to n + 2. */
  readonly upcasters: readonly Upcaster[]
  /** May it still be recorded once the case is closed? */
  readonly afterClosing: boolean
}

type Options = { version?: number; upcasters?: readonly Upcaster[]; afterClosing?: boolean }

/** Makes `define` for the events of one kind of stream. */
export const definer =
  (stream: StreamKind) =>
  <const T extends string, S extends z.ZodType>(type: T, title: string, data: S, options: Options = {}): EventDefinition<T, S> => {
    const { version = 1, upcasters = [], afterClosing = false } = options
    if (upcasters.length !== version - 1) throw new Error(`${type}: version ${version} needs ${version - 1} upcasters`)
    return { type, stream, version, title, data, upcasters, afterClosing }
  }
