import { createHash } from 'node:crypto'
import type { ClickHouse } from '../engine/clickhouse'
import { statements } from '../engine/layout'
import { NIL } from '../ledger/row'
import { linkedWith } from './links'
import { AFTER_FIRST, CANONICAL, factsSchema, FIRST, foldedAt, foldingIn, foldingSchema, KEPT, livingOfParts, type Databases, type Kept } from './tables'
import { bucket, BUCKETS, bucketOf, Touched, TOUCHED_SQL, touchedParams, type Parts, type TouchedRow } from './touched'

export { DATABASES, type Databases } from './tables'

/** Marks that all up to a position is kept; and that nothing kept up to a generation counts any more, with how far the ledger went then. */
const ALL = 'all'
const NOTHING = 'nothing'

/** So many generations of each part's rows are kept for questions that are being answered. */
const GENERATIONS = 3
const TIDY_EVERY = 1000
/** So many parts' generations are named in one statement. */
const DROPPED_AT_ONCE = 2000
/** So many schools are folded at once: what that takes has to fit into the engine's memory. */
const SCHOOLS_AT_ONCE = 10

interface FoldParams {
  readonly schools: readonly string[]
  readonly scope: readonly string[]
  readonly position: number
  readonly generation: number
}

/** Another process has begun to fold the same facts: this one has to stop. */
export class OtherFoldsError extends Error {
  readonly code = 'other-folds'
}

/**
 * The facts: what the folds give, kept, so that a question about now need not fold the ledger. The same reports read them: this
 * database has everything under the same names. A school is kept in parts, by the first byte of a stream's id; rows carry the generation
 * of their part's folding. A question at a position sees for each part the last generation folded up to it.
 */
export class Facts {
  private generation: number | undefined
  private refreshes = 0

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly databases: Databases,
  ) {}

  /** Makes the tables, anew where the folds are not those they were made with. The position is how far the ledger goes. */
  async apply(position: number): Promise<void> {
    this.generation = undefined
    const [schema, folding] = [factsSchema(this.databases), foldingSchema(this.databases)]
    const made = (all: readonly string[]) => all.flatMap((sql) => statements(sql, this.clickhouse.cluster))
    const version = createHash('sha256').update(JSON.stringify([made(schema), made(folding)])).digest('hex')
    const { ledger, facts } = this.databases
    const [last] = await this.clickhouse.query<{ comment: string }>(
      "SELECT comment FROM system.tables WHERE database = {facts:String} AND name = 'version'",
      { facts },
      { database: ledger },
    )
    if (last?.comment === version) return
    await this.forget(position)
    for (const database of [foldingIn(this.databases), facts]) await this.clickhouse.make(`DROP DATABASE IF EXISTS ${database}{on_cluster} SYNC`, {}, { database: ledger })
    await this.make(facts, schema)
    await this.make(foldingIn(this.databases), folding)
    await this.clickhouse.make(`CREATE TABLE version{on_cluster} (made UInt8) ENGINE = MergeTree ORDER BY made COMMENT '${version}'`, {}, { database: facts })
  }

  /**
   * From now on questions are answered from the ledger, at the position up to which it is complete now, until everything has been
   * folded again: what has been answered never goes back. What is kept stays for those who are reading it.
   */
  async forget(position: number): Promise<void> {
    if (position < 0) return
    // The generation after the last that was marked: one that was broken off half way does not count either.
    const sql = 'INSERT INTO fresh (kept, school, generation, position) SELECT {nothing:String}, {nil:UUID}, max(generation) + 1, {position:UInt64} FROM fresh'
    await this.run(sql, { nothing: NOTHING, nil: NIL, position }, this.databases.ledger)
    this.generation = undefined
  }

  /** What was recorded after one position and up to another. */
  async touched(after: number, upTo: number): Promise<Touched> {
    return new Touched(await this.clickhouse.query<TouchedRow>(TOUCHED_SQL, touchedParams(after, upTo), { database: this.databases.ledger }))
  }

  /** The schools not kept yet, or with something recorded since they were. What a round kept that was broken off does not count. */
  async outdated(): Promise<Touched> {
    const rows = await this.clickhouse.query<{ school: string }>(
      `SELECT toString(l.school) AS school
       FROM (SELECT school, max(position) AS last FROM ledger GROUP BY school) AS l
       LEFT JOIN (SELECT school, toNullable(max(position)) AS upto FROM fresh
         WHERE kept = {last:String} AND generation > (SELECT max(generation) FROM fresh WHERE kept = {nothing:String})
           AND generation <= (SELECT max(generation) FROM fresh WHERE kept = {all:String}) GROUP BY school) AS f ON f.school = l.school
       WHERE f.upto IS NULL OR f.upto < l.last`,
      { last: KEPT.at(-1)!.name, nothing: NOTHING, all: ALL },
      { database: this.databases.ledger },
    )
    const touched = new Touched()
    touched.addSchools(rows.map((r) => r.school))
    return touched
  }

  /** Folds these schools again whole, and all schools their facts bear on, as at a position up to which the ledger is complete. */
  async refresh(touched: readonly string[], position: number): Promise<void> {
    const schools = await this.bearingOn(touched)
    // Children first, whose links all others rest on.
    if (schools.includes(NIL)) {
      await this.foldSchools([NIL], position)
      await this.foldLinks(position)
    }
    await this.foldSchools(schools.filter((school) => school !== NIL), position)
    await this.done(position)
  }

  /** Folds again what has been touched, and what that bears on, as at a position up to which the ledger is complete. */
  async follow(touched: Touched, position: number): Promise<void> {
    if (touched.schools.has(NIL)) return this.refresh([...touched.schools], position)
    if (touched.children.size > 0) {
      await this.foldFirst(ofSchools(touched.partsOf(touched.schools), [NIL]), position)
      await this.foldLinks(position)
      for (const { school, part } of await linkedWith(this.clickhouse, this.databases, [...touched.children])) touched.addPart(school, part)
    }
    const whole = touched.schools.size === 0 ? [] : (await this.bearingOn([...touched.schools])).filter((school) => school !== NIL)
    await this.foldSchools(whole, position)
    await this.foldParts(touched.partsOf(new Set(whole)), position)
    await this.done(position)
  }

  private async foldSchools(schools: readonly string[], position: number): Promise<void> {
    // What each says of itself first: cases of one rest on the terms of another.
    await this.foldFirst({ schools, buckets: schools.map(bucket) }, position)
    for (let from = 0; from < schools.length; from += SCHOOLS_AT_ONCE) await this.foldWhole(schools.slice(from, from + SCHOOLS_AT_ONCE), position)
  }

  private async foldWhole(schools: readonly string[], position: number): Promise<void> {
    const generation = await this.nextGeneration()
    const params = { schools, scope: await this.scopeOf(schools), position, generation }
    await this.run(
      `INSERT INTO living_rows SELECT {generation:UInt64}, ${bucketOf('stream')}, * FROM ${this.databases.ledger}.living(schools = {schools:Array(UUID)}, position = {position:UInt64})`,
      params,
    )
    await this.foldRest(AFTER_FIRST, params)
    await this.mustBeLast()
    // Marked when all is there, so nothing is seen half folded.
    await this.run(
      `INSERT INTO fresh (kept, school, bucket, generation, position)
       SELECT arrayJoin({kept:Array(String)}), arrayJoin({schools:Array(UUID)}), number, {generation:UInt64}, {position:UInt64} FROM numbers(${BUCKETS})`,
      { kept: AFTER_FIRST.map(({ name }) => name), schools, generation, position },
      this.databases.ledger,
    )
  }

  private async foldParts(parts: Parts, position: number): Promise<void> {
    if (parts.schools.length === 0) return
    const generation = await this.livingOf(parts, position)
    const schools = [...new Set(parts.schools)]
    // What a school says of itself is in one of its parts.
    const kept = parts.schools.some((school, i) => parts.buckets[i] === bucket(school)) ? KEPT : KEPT.filter((k) => k.name === 'living' || !FIRST.includes(k))
    await this.foldRest(kept, { schools, scope: await this.scopeOf(schools), position, generation })
    await this.markParts(kept, parts, generation, position)
  }

  /** Keeps what schools, or children, say of themselves: what their cases rest on. */
  private async foldFirst(parts: Parts, position: number): Promise<void> {
    if (parts.schools.length === 0) return
    const generation = await this.livingOf(parts, position)
    await this.foldRest(FIRST, { schools: parts.schools, scope: parts.schools, position, generation })
    await this.markParts(FIRST, parts, generation, position)
  }

  /** Keeps the facts of these parts out of the ledger; gives the generation. */
  private async livingOf(parts: Parts, position: number): Promise<number> {
    const generation = await this.nextGeneration()
    const { ledger, facts } = this.databases
    await this.clickhouse.make(
      `INSERT INTO ${facts}.living_rows SELECT {generation:UInt64}, ${bucketOf('stream')}, * FROM (${livingOfParts}) SETTINGS optimize_move_to_prewhere_if_final = 1`,
      { position, generation, part_schools: parts.schools, part_buckets: parts.buckets },
      // Of the table itself: a view of it does not pass FINAL on, and what came twice would be kept twice.
      { database: ledger },
    )
    return generation
  }

  /** The other folds, each over the rows that were kept last; those that do not rest on each other at the same time. */
  private async foldRest(kept: readonly Kept[], params: FoldParams): Promise<void> {
    const folding = new Map<string, Promise<void>>()
    for (const each of kept) {
      const before = each.on.map((name) => folding.get(name) ?? Promise.resolve())
      if (each.name !== 'living') folding.set(each.name, Promise.all(before).then(() => this.fold(each, params)))
    }
    await Promise.all(folding.values())
  }

  private fold(kept: Kept, params: FoldParams): Promise<void> {
    const { name, school, stream } = kept
    return this.run(
      `INSERT INTO ${this.databases.facts}.${name}_rows SELECT {generation:UInt64}, ${bucketOf(stream)}, *
       FROM ${name}_fold${foldedAt(kept, '{scope:Array(UUID)}', '{position:UInt64}')} WHERE ${school} IN {schools:Array(UUID)}`,
      { ...params },
      // Views find each other by name in the database that is asked, not in their own.
      foldingIn(this.databases),
    )
  }

  private markParts(kept: readonly Kept[], { schools, buckets }: Parts, generation: number, position: number): Promise<void> {
    return this.mark(kept.flatMap(({ name }) => schools.map((school, i) => [name, school, buckets[i], generation, position])))
  }

  private async foldLinks(position: number): Promise<void> {
    const generation = await this.nextGeneration()
    await this.run(`INSERT INTO ${CANONICAL}_rows SELECT {generation:UInt64}, child, same_as FROM ${CANONICAL}_fold(position = {position:UInt64})`, { generation, position })
    await this.mark([[CANONICAL, NIL, 0, generation, position]])
  }

  /** Says that all up to this position is kept. */
  private async done(position: number): Promise<void> {
    await this.mark([[ALL, NIL, 0, this.generation ?? (await this.nextGeneration()), position]])
    if (++this.refreshes % TIDY_EVERY === 0) await this.tidy()
  }

  private async make(database: string, schema: readonly string[]): Promise<void> {
    await this.clickhouse.make(`CREATE DATABASE ${database}{on_cluster}`, {}, { database: this.databases.ledger })
    for (const sql of schema) await this.clickhouse.make(sql, {}, { database })
  }

  /** A school's timetable bears on incidents that happened there, wherever they were filed; links between children bear on all. */
  private async bearingOn(touched: readonly string[]): Promise<string[]> {
    const sql = touched.includes(NIL)
      ? 'SELECT DISTINCT toString(school) AS school FROM ledger'
      : 'SELECT DISTINCT toString(filed) AS school FROM elsewhere WHERE counts_at IN {schools:Array(UUID)}'
    return this.schools(touched, sql)
  }

  /** With the schools whose timetable and terms the cases of these schools need. */
  private scopeOf(schools: readonly string[]): Promise<string[]> {
    return this.schools(schools, 'SELECT DISTINCT toString(counts_at) AS school FROM elsewhere WHERE filed IN {schools:Array(UUID)}')
  }

  private async schools(given: readonly string[], sql: string): Promise<string[]> {
    const others = await this.clickhouse.query<{ school: string }>(sql, { schools: given }, { database: this.databases.ledger })
    return [...new Set([...given, ...others.map((r) => r.school)])]
  }

  /** From now on it is this one that is being folded. */
  private async nextGeneration(): Promise<number> {
    this.generation = (this.generation ?? (await this.lastGeneration())) + 1
    await this.clickhouse.insert('round', ['generation'], [[this.generation]], { database: this.databases.facts })
    return this.generation
  }

  /** Of rows as well as of marks: whoever stopped in between has left rows without a mark. */
  private async lastGeneration(): Promise<number> {
    const tables = ['round', ...KEPT.map(({ name }) => `${name}_rows`), `${this.databases.ledger}.fresh`]
    const rows = await Promise.all(
      tables.map((table) => this.clickhouse.query<{ last: string }>(`SELECT max(generation) AS last FROM ${table}`, {}, { database: this.databases.facts })),
    )
    return Math.max(...rows.map(([row]) => Number(row!.last)))
  }

  /** What is folded while another folds may rest on rows that are the other's: it is not marked, so nobody sees it. */
  private async mustBeLast(): Promise<void> {
    const [row] = await this.clickhouse.query<{ last: string }>('SELECT max(generation) AS last FROM round', {}, { database: this.databases.facts })
    if (Number(row!.last) !== this.generation) throw new OtherFoldsError('Another process folds the same facts.')
  }

  private async mark(marks: readonly (readonly unknown[])[]): Promise<void> {
    await this.mustBeLast()
    await this.clickhouse.insert('fresh', ['kept', 'school', 'bucket', 'generation', 'position'], marks, { database: this.databases.ledger })
  }

  /**
   * Drops what no question can still be reading; the engine does it when it has time. What that is is asked here and then named, so that
   * every replica drops the same, whatever it has.
   */
  async tidy(): Promise<void> {
    const later = 'SETTINGS lightweight_deletes_sync = 0'
    for (const { name, school } of KEPT) {
      const [passed, unmarked] = await Promise.all([this.passed(name), this.unmarked(name)])
      for (let from = 0; from < passed.length; from += DROPPED_AT_ONCE) {
        const these = passed.slice(from, from + DROPPED_AT_ONCE)
        const params = { schools: these.map((r) => r.school), buckets: these.map((r) => r.bucket), generations: these.map((r) => Number(r.generation)) }
        const isOne = (column: string) => `(${column}, bucket, generation) IN arrayZip({schools:Array(UUID)}, {buckets:Array(UInt8)}, {generations:Array(UInt64)})`
        await this.clickhouse.make(`DELETE FROM ${name}_rows{shard}{on_cluster} WHERE ${isOne(school)} ${later}`, params, { database: this.databases.facts })
        await this.clickhouse.make(`DELETE FROM fresh{shard}{on_cluster} WHERE kept = '${name}' AND ${isOne('school')} ${later}`, params, { database: this.databases.ledger })
      }
      if (unmarked.length > 0)
        await this.clickhouse.make(`DELETE FROM ${name}_rows{shard}{on_cluster} WHERE generation IN {unmarked:Array(UInt64)} ${later}`, { unmarked }, { database: this.databases.facts })
    }
    await this.clickhouse.make(`DELETE FROM round{shard}{on_cluster} WHERE generation < {generation:UInt64} ${later}`, { generation: this.generation ?? 0 }, { database: this.databases.facts })
  }

  /** Of each part the generations before the last few. */
  private passed(name: string): Promise<{ school: string; bucket: number; generation: string }[]> {
    return this.clickhouse.query(
      `SELECT toString(school) AS school, bucket, arrayJoin(arraySlice(arrayReverseSort(groupUniqArray(generation)), ${GENERATIONS + 1})) AS generation
       FROM fresh WHERE kept = {name:String} GROUP BY school, bucket`,
      { name },
      { database: this.databases.ledger },
    )
  }

  /** Generations that were broken off before they were marked. */
  private async unmarked(name: string): Promise<number[]> {
    const before = { name, generation: this.generation ?? 0 }
    const generations = async (sql: string, database: string) => (await this.clickhouse.query<{ generation: string }>(sql, before, { database })).map((r) => Number(r.generation))
    const kept = await generations(`SELECT DISTINCT generation FROM ${name}_rows WHERE generation < {generation:UInt64}`, this.databases.facts)
    const marked = new Set(await generations('SELECT DISTINCT generation FROM fresh WHERE kept = {name:String}', this.databases.ledger))
    return kept.filter((generation) => !marked.has(generation))
  }

  private run(sql: string, params: Record<string, unknown> = {}, database = this.databases.facts): Promise<void> {
    return this.clickhouse.command(sql, params, { database })
  }
}

const ofSchools = ({ schools, buckets }: Parts, wanted: readonly string[]): Parts => {
  const found = schools.map((_, i) => i).filter((i) => wanted.includes(schools[i]!))
  return { schools: found.map((i) => schools[i]!), buckets: found.map((i) => buckets[i]!) }
}
