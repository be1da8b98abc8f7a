import type { IdOf } from '@circumspect/domain'

export interface Option {
  readonly value: string
  readonly label: string
}

/** What a person is asked at one place of a form. */
export type Asked =
  /** `numbers`: what is chosen is sent as a number, as a tier or the days of the week are. */
  | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly numbers?: true }
  | { readonly kind: 'choices'; readonly options: readonly Option[]; readonly least: number; readonly numbers?: true }
  | { readonly kind: 'flag' }
  | { readonly kind: 'number'; readonly unit: string; readonly min: number; readonly max: number }
  | { readonly kind: 'date' }
  /** Single days, as many as there are. */
  | { readonly kind: 'dates'; readonly max: number }
  /** A local time, HH:MM. */
  | { readonly kind: 'time' }
  | { readonly kind: 'text'; readonly max: number }
  /** A thing on record already. `noneOf`: "of none of ours" is an answer too. */
  | { readonly kind: 'thing'; readonly of: IdOf; readonly noneOf: boolean }
  | { readonly kind: 'things'; readonly of: IdOf; readonly max: number }
  /** The id of a thing that this record brings into being: nobody is asked for it. */
  | { readonly kind: 'made'; readonly of: IdOf }
  | { readonly kind: 'group'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly item: readonly Field[]; readonly least: number; readonly max: number }
  | { readonly kind: 'union'; readonly by: string; readonly options: readonly UnionOption[] }

export interface UnionOption extends Option {
  readonly fields: readonly Field[]
}

export type Field = Asked & {
  readonly key: string
  readonly label: string
  readonly help: string
  readonly optional: boolean
  /** What stands where nothing is said. */
  readonly fallback?: unknown
}
