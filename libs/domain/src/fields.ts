import { z } from 'zod'

/**
 * The class of a field says what may happen to its value.
 * - `code`, `measure`, `id` may travel in the feed and stand in the views.
 * - `text` is written by a person about a child, a case or a school: it is encrypted under a key of its own
 *   before it is stored, and never leaves the store and the vault.
 *
 * Every leaf of every schema is made by a function of this file, so every leaf has a class.
 */
export type TextAbout = 'child' | 'case' | 'school'
export type IdOf =
  | 'account'
  | 'action'
  | 'assessment'
  | 'case'
  | 'child'
  | 'event'
  | 'incident'
  | 'lesson'
  | 'place'
  | 'plan'
  | 'referral'
  | 'school'
  | 'trust'

export type FieldMeta =
  | { readonly field: 'code' }
  | { readonly field: 'measure'; readonly unit: string }
  /** `names`: this event brings the thing into being. `refers`: the thing must be there already. */
  | { readonly field: 'id'; readonly of: IdOf; readonly use: 'names' | 'refers' }
  | { readonly field: 'text'; readonly about: TextAbout }

const classed = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => schema.meta({ ...meta }) as S

/** The class of one schema, if it is a leaf made here. */
export const fieldMeta = (schema: z.core.$ZodType): FieldMeta | undefined => {
  const meta = z.globalRegistry.get(schema) as Partial<FieldMeta> | undefined
  return meta?.field === undefined ? undefined : (meta as FieldMeta)
}

/** One of a list of stable machine codes. */
export const code = <const L extends readonly [string, ...string[]]>(list: L) => classed(z.enum(list), { field: 'code' })

/** Any of a list of codes, each at most once. */
export const codes = <const L extends readonly [string, ...string[]]>(list: L) =>
  z
    .array(code(list))
    .max(list.length)
    .refine((all) => new Set(all).size === all.length, 'Give each code once only.')

export const flag = () => classed(z.boolean(), { field: 'code' })

export const YES_NO = ['yes', 'no', 'not-known'] as const
/** Yes, no, or honestly not known. */
export const yesNo = () => code(YES_NO)

/** A whole number of `unit`, both ends included. */
export const whole = (unit: string, min: number, max: number) => classed(z.int().min(min).max(max), { field: 'measure', unit })

/** A calendar date, `YYYY-MM-DD`, from 1900 to 2199: what the views can keep. */
export const date = () =>
  classed(
    z.iso
      .date('Give a date as YYYY-MM-DD, for example 2026-01-31.')
      .refine((d) => d >= '1900' && d < '2200', 'Give a date from 1900 to 2199.'),
    { field: 'measure', unit: 'date' },
  )

/** A school year, September to August, as six digits: 202526. */
export const schoolYear = () =>
  classed(
    z
      .string()
      .regex(/^(19|20|21)\d{4}$/, 'Give a school year as six digits, for example 202526.')
      .refine(
        (y) => (Number(y.slice(0, 4)) + 1) % 100 === Number(y.slice(4)),
        'A school year ends the year after it starts, for example 202526.',
      ),
    { field: 'measure', unit: 'school year' },
  )

/** A clock time, `HH:MM`, local. */
export const clock = () =>
  classed(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time as HH:MM, for example 10:45.'), {
    field: 'measure',
    unit: 'local time',
  })

/** An instant, ISO 8601 in UTC to the millisecond. */
export const instant = () =>
  classed(z.iso.datetime({ precision: 3, message: 'Give an instant as 2026-01-31T10:45:00.000Z.' }), { field: 'measure', unit: 'instant' })

/** A short machine-made name, such as that of a source system: `[a-z0-9-]`, at most 60 characters. */
export const slug = () =>
  classed(z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Use small letters, digits and hyphens, at most 60.'), { field: 'code' })

/** A public register's number, such as a school's URN: digits only. */
export const registerNumber = (digits: number) =>
  classed(z.string().regex(new RegExp(`^\\d{1,${digits}}$`), `Give at most ${digits} digits.`), {
    field: 'measure',
    unit: 'register number',
  })

/** The id of a thing this event brings into being. */
export const names = (of: IdOf) => classed(z.uuid().toLowerCase(), { field: 'id', of, use: 'names' })

/** The id of a thing that must be there already. */
export const refers = (of: IdOf) => classed(z.uuid().toLowerCase(), { field: 'id', of, use: 'refers' })

/**
 * Words that a person wrote. A text about a child is about every child that its event names by id; where none is named, it
 * counts as about the case.
 */
export const text = (about: TextAbout, max = 4000) =>
  classed(
    z
      .string()
      .trim()
      .min(1)
      .max(max)
      .refine((t) => t.isWellFormed(), 'Some characters here are broken: type the text again.'),
    { field: 'text', about },
  )
