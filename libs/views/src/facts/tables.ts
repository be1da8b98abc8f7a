import { folds } from '../schema/apply'
import { NIL } from '../ledger/row'
import { bucketOf } from './touched'

/** The two databases of the views: the ledger with its folds, and the facts kept from them. */
export interface Databases {
  readonly ledger: string
  readonly facts: string
}
export const DATABASES: Databases = { ledger: 'circumspect', facts: 'circumspect_facts' }

/** Where a part is folded: the same folds, over nothing but the rows that were kept last. */
export const foldingIn = ({ facts }: Databases): string => `${facts}_folding`

/**
 * Folds whose rows are kept: the column that says which school's case a row is from, the one that says of which stream, and the others
 * of them that it rests on, besides `living`, on which all do. Those stand before it.
 */
export const KEPT = [
  { name: 'living', school: 'school', stream: 'stream', order: ['kind', 'stream'], on: [] },
  { name: 'calendars', school: 'school', stream: 'school', order: [], on: [] },
  { name: 'timetables', school: 'school', stream: 'school', order: ['in_force_from'], on: [] },
  { name: 'school_days', school: 'school', stream: 'school', order: ['day'], on: [] },
  { name: 'told', school: 'filed_at', stream: 'case_id', order: ['case_id'], on: [] },
  { name: 'incidents', school: 'filed_at', stream: 'case_id', order: ['incident'], on: [] },
  { name: 'involvements', school: 'filed_at', stream: 'case_id', order: ['incident'], on: ['incidents'] },
  { name: 'acts', school: 'filed_at', stream: 'case_id', order: ['incident'], on: ['involvements'] },
  { name: 'referrals', school: 'school', stream: 'case_id', order: ['case_id'], on: [] },
  { name: 'steps', school: 'school', stream: 'stream', order: ['case_id'], on: [] },
  { name: 'referral_waits', school: 'school', stream: 'case_id', order: ['case_id'], on: ['told', 'incidents', 'steps'] },
] as const
export type Kept = (typeof KEPT)[number]

/** About a school's own words, which cases of other parts rest on: never of the part being folded, always as kept. */
const OF_SCHOOLS: readonly Kept['name'][] = ['calendars', 'timetables', 'school_days']
/** What rests on no such words, or is folded after them. */
export const AFTER_FIRST: readonly Kept[] = KEPT.filter(({ name }) => !OF_SCHOOLS.includes(name))
/** What has to be kept of a school itself before any of its cases is folded. */
export const FIRST: readonly Kept[] = KEPT.filter(({ name }) => name === 'living' || OF_SCHOOLS.includes(name))

/** Children that are one, kept as a whole: every involvement rests on it, and links are few. */
export const CANONICAL = 'canonical'

/** The arguments of a fold over these schools at this position. School days are kept for all days that reports can ask for. */
export const foldedAt = ({ name }: Kept, schools: string, position: string): string =>
  `(schools = ${schools}, position = ${position}${name === 'school_days' ? `, first = toDate32('2000-01-01'), last = toDate32('2049-12-31')` : ''})`

const nameOf = (file: string) => file.replace(/^\d+_/, '')
/** What the view of a fold says, as its file has it; undefined where there is no such fold. */
export const foldOf = (name: string): string | undefined =>
  folds.find((f) => nameOf(f.name) === name)?.sql.replace(/^[\s\S]*?VIEW \w+\{on_cluster\} AS\n/, '')
const keptAs = (file: string) => KEPT.find((k) => k.name === nameOf(file))
/** The facts of the parts named, out of the ledger: the fold itself, of parts where it says schools. */
export const livingOfParts = foldOf('living')!.replaceAll('school IN {schools:Array(UUID)}', `(school, ${bucketOf('stream')}) IN arrayZip({part_schools:Array(UUID)}, {part_buckets:Array(UInt8)})`)

/** The statements that make the database of the facts. */
export function factsSchema({ ledger, facts }: Databases): string[] {
  return [
    viewOf('bank_holidays', ledger),
    // Which generation is being folded now.
    'CREATE TABLE round{on_cluster} (generation UInt64) ENGINE = {engine:MergeTree by generation} ORDER BY generation',
    ...folds.flatMap(({ name, sql }) => {
      const kept = keptAs(name)
      if (kept) return [tableOf(kept, ledger), indexOf(kept), keptView(kept, ledger, '')]
      return nameOf(name) === CANONICAL ? canonicalSchema(sql, ledger, facts) : [sql]
    }),
  ]
}

/** The statements that make the database where parts are folded. */
export function foldingSchema({ ledger, facts }: Databases): string[] {
  return [
    viewOf('bank_holidays', ledger),
    viewOf('ledger', ledger),
    ...folds.flatMap(({ name, sql }) => {
      const kept = keptAs(name)
      const fold = nameOf(name)
      if (kept)
        return [
          ...(fold === 'living' ? [] : [foldView(fold, sql)]),
          OF_SCHOOLS.includes(kept.name) ? keptView(kept, ledger, `${facts}.`) : lastView(kept, facts),
        ]
      if (fold === CANONICAL) return [`CREATE VIEW ${fold}{on_cluster} AS SELECT * FROM ${facts}.${fold}(position = {position:UInt64})`]
      return [sql]
    }),
  ]
}

const viewOf = (table: string, ledger: string) => `CREATE VIEW ${table}{on_cluster} AS SELECT * FROM ${ledger}.${table}`

/** What a school's own words rest on of each other is of the same folding. */
const foldView = (name: string, sql: string) => {
  const fold = sql.replace(`VIEW ${name}{on_cluster} AS`, `VIEW ${name}_fold{on_cluster} AS`)
  return name === 'school_days' ? fold.replaceAll('calendars(', 'calendars_fold(') : fold
}

const tableOf = (kept: Kept, ledger: string) => {
  const { name, school, order } = kept
  return `CREATE TABLE ${name}_rows{on_cluster} ENGINE = {engine:MergeTree by ${school}} ORDER BY (${[school, 'generation', ...order].join(', ')}) AS
   SELECT toUInt64(0) AS generation, toUInt8(0) AS bucket, * FROM ${ledger}.${name}${foldedAt(kept, '[]', '0')} LIMIT 0`
}

/** Without it, asking for one generation reads wherever two schools meet. */
const indexOf = ({ name }: Kept) => `ALTER TABLE ${name}_rows{shard}{on_cluster} ADD INDEX by_generation generation TYPE minmax GRANULARITY 1`

/** What holds at a position: of each part of a school the last generation folded up to it. */
const keptView = (kept: Kept, ledger: string, facts: string) =>
  `CREATE VIEW ${kept.name}{on_cluster} AS ${keptRows(kept, facts, `(${kept.school}, bucket, generation) IN (
     SELECT school, bucket, max(generation) FROM ${ledger}.fresh{shard}
     WHERE kept = '${kept.name}' AND school IN {schools:Array(UUID)} AND position <= {position:UInt64} GROUP BY school, bucket)`)}{as_it_stands}`

/** The rows of a kept fold as the fold has them, of the generations that hold. */
export const keptRows = ({ name, school }: Kept, facts: string, holds: string): string =>
  `SELECT * EXCEPT (generation, bucket) FROM ${facts}${name}_rows
   WHERE ${school} IN {schools:Array(UUID)} AND ${holds}${name === 'school_days' ? ' AND day BETWEEN {first:Date32} AND {last:Date32}' : ''}`

/** What has been kept last, by whatever is being folded now. */
const lastView = ({ name, school }: Kept, facts: string) =>
  `CREATE VIEW ${name}{on_cluster} AS SELECT * EXCEPT (generation, bucket) FROM ${facts}.${name}_rows
   WHERE ${school} IN {schools:Array(UUID)} AND generation = (SELECT max(generation) FROM ${facts}.round){as_it_stands}`

const canonicalSchema = (sql: string, ledger: string, facts: string) => [
  foldView(CANONICAL, sql),
  `CREATE TABLE ${CANONICAL}_rows{on_cluster} (generation UInt64, child UUID, same_as UUID) ENGINE = {engine:MergeTree by child} ORDER BY (generation, child)`,
  `CREATE VIEW ${CANONICAL}{on_cluster} AS SELECT child, same_as FROM ${facts}.${CANONICAL}_rows
   WHERE generation = (SELECT max(generation) FROM ${ledger}.fresh WHERE kept = '${CANONICAL}' AND school = toUUID('${NIL}') AND position <= {position:UInt64}){as_it_stands}`,
]
