import { AGENCIES, PHASES, ZONES } from '@circumspect/domain'
import { z } from 'zod'

const column = z.string().min(1).max(200)

/**
 * Where a value comes from: the same for every row, or a column, its text perhaps split in several and mapped to our codes. A text
 * that the map lacks is a problem of that row, unless `otherwise` says what to take.
 */
const valueSchema = z.union([
  z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({
    column,
    map: z.record(z.string(), z.string()).optional(),
    split: z.string().min(1).max(5).optional(),
    otherwise: z.string().optional(),
  }),
])
export type ValueSource = z.infer<typeof valueSchema>

/** Day, and clock time or hour if there is one. */
const whenSchema = z.strictObject({ date: column, time: column.optional(), hour: column.optional() })
export type WhenSource = z.infer<typeof whenSchema>

/** How the rows of a file become facts. Every key is described in docs/import.md. */
export const mappingSchema = z.strictObject({
  source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Use small letters, digits and hyphens, at most 60.'),
  zone: z.enum(ZONES).default('Europe/London'),
  dateFormat: z.enum(['yyyy-mm-dd', 'dd/mm/yyyy', 'mm/dd/yyyy']).default('yyyy-mm-dd'),
  case: column,
  recordedInSource: column.optional(),
  school: z.strictObject({ key: column, name: column, phase: z.enum(PHASES), from: z.iso.date() }),
  disclosure: z.strictObject({ at: whenSchema, reportedBy: valueSchema, summary: valueSchema, verbatim: z.boolean().default(false) }),
  incident: z.strictObject({
    at: whenSchema,
    place: column.optional(),
    setting: valueSchema,
    locationKind: valueSchema,
    mode: valueSchema,
    behaviour: valueSchema,
    harm: valueSchema.optional(),
  }),
  child: z
    .strictObject({
      key: column,
      scheme: z.string().min(1).max(60),
      role: valueSchema,
      sex: valueSchema,
      age: valueSchema.optional(),
      yearGroup: valueSchema.optional(),
      senProvision: valueSchema.optional(),
      onRoll: z.enum(['school', 'none']),
    })
    .optional(),
  /** `every-pair`: every child alleged to have caused harm in a case acted on every child harmed in it. */
  acts: z.enum(['every-pair', 'none']).default('none'),
  referrals: z.array(z.strictObject({ agency: z.enum(AGENCIES), date: column })).max(10).default([]),
})
export type Mapping = z.infer<typeof mappingSchema>

/** Every column a mapping names. */
export function columnsOf(mapping: Mapping): string[] {
  const found = new Set<string>()
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && COLUMN_KEYS.has(key)) found.add(value)
    else if (Array.isArray(value)) value.forEach((v) => visit(v, ''))
    else if (typeof value === 'object' && value !== null && key !== 'map') Object.entries(value).forEach(([k, v]) => visit(v, k))
  }
  const { case: caseKey, school, child, ...rest } = mapping
  visit(rest, '')
  visit({ ...child, key: undefined, scheme: undefined, onRoll: undefined }, '')
  for (const name of [caseKey, school.key, school.name, child?.key]) if (name !== undefined) found.add(name)
  return [...found]
}

const COLUMN_KEYS = new Set(['column', 'date', 'time', 'hour', 'place', 'recordedInSource'])
