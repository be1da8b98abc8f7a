import { REFERRAL_DUE } from '@circumspect/domain'
import { DATABASES, type ClickHouse } from '@circumspect/views'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { readableByPostgres, type Postgres } from './postgres'

/** A table of the star schema: its columns in PostgreSQL, and what they are filled from; asked school by school, out of our facts. */
interface Table {
  readonly name: string
  readonly columns: string
  readonly from: string
  readonly indices: readonly string[]
}

const AT = 'schools = [{school:UUID}], position = {position:UInt64}'
const NIL = "toUUID('00000000-0000-0000-0000-000000000000')"
const orNull = (id: string) => `nullIf(${id}, ${NIL})`

const TABLES: readonly Table[] = [
  {
    name: 'incidents',
    columns: `incident uuid PRIMARY KEY, case_id uuid, filed_at uuid, happened_at uuid, place_id uuid, setting text, location_kind text, slot text, weekday smallint,
      occurred_date date, precision text, counted boolean`,
    from: `SELECT incident, case_id, filed_at, happened_at, ${orNull('place_id')}, setting, location_kind, slot, weekday, occurred_date, precision, counted FROM incidents(${AT})`,
    indices: ['incidents (happened_at, occurred_date)', 'incidents (case_id)'],
  },
  {
    name: 'involvements',
    columns: 'incident uuid, child uuid, role text, on_roll uuid, happened_at uuid, occurred_date date, earliest bigint, precision text, counted boolean',
    from: `SELECT incident, child, role, ${orNull('on_roll')}, happened_at, occurred_date, earliest, precision, counted FROM involvements(${AT})`,
    indices: ['involvements (on_roll, role)', 'involvements (happened_at)'],
  },
  {
    name: 'acts',
    columns: 'incident uuid, by_child uuid, on_child uuid, by_sex text, on_sex text, happened_at uuid, occurred_date date, precision text, counted boolean',
    from: `SELECT incident, by_child, on_child, by_sex, on_sex, happened_at, occurred_date, precision, counted FROM acts(${AT})`,
    indices: ['acts (happened_at)'],
  },
  {
    name: 'cases',
    columns: `case_id uuid PRIMARY KEY, filed_at uuid, told_date date, told_earliest bigint, told_precision text, referral_due boolean, first_behaviour text,
      referred_date date, referred_earliest bigint, referred_precision text, against_earliest bigint, against_precision text`,
    from: `SELECT t.case_id, t.filed_at, t.told_date, t.told_earliest, t.told_precision, o.case_id = t.case_id, if(o.case_id = t.case_id, o.first_behaviour, NULL),
        if(r.case_id = t.case_id, r.step_date, NULL), if(r.case_id = t.case_id, r.step_earliest, NULL), if(r.case_id = t.case_id, r.step_precision, NULL),
        if(a.case_id = t.case_id, a.step_earliest, NULL), if(a.case_id = t.case_id, a.step_precision, NULL)
      FROM told(${AT}) AS t
      LEFT JOIN referral_outcomes(${AT}, due_behaviours = {due:Array(String)}) AS o ON o.case_id = t.case_id
      LEFT JOIN (SELECT * FROM case_steps(${AT}) WHERE step = 'referred') AS r ON r.case_id = t.case_id
      LEFT JOIN (SELECT * FROM case_steps(${AT}) WHERE step = 'decided-against') AS a ON a.case_id = t.case_id`,
    indices: ['cases (filed_at, told_date)'],
  },
  {
    // A dimension of dates: of every day the number of the last school day up to it.
    name: 'dates',
    columns: 'school uuid, day date, ordinal int, is_school_day boolean, PRIMARY KEY (school, day)',
    from: `SELECT {school:UUID}, c.day, max(s.ordinal), max(s.day = c.day)
      FROM (SELECT 1 AS one, toDate32('2000-01-01') + number AS day FROM numbers(10000)) AS c
      ASOF LEFT JOIN (SELECT 1 AS one, day, ordinal FROM school_days(${AT}, first = '2000-01-01', last = {today:Date32})) AS s ON s.one = c.one AND c.day >= s.day
      WHERE c.day BETWEEN '2023-01-01' AND {today:Date32} GROUP BY c.day`,
    indices: [],
  },
  {
    name: 'leavers',
    columns: 'child uuid PRIMARY KEY, left_on date',
    from: 'SELECT child, left_on FROM leavers(position = {position:UInt64}) WHERE {school:UUID} = {first:UUID}',
    indices: [],
  },
]

/** Fills a star schema with what our facts hold, indexed and analysed. */
export async function loadStar({ client, files }: Postgres, clickhouse: ClickHouse, schools: readonly string[], position: number, today: string): Promise<void> {
  for (const { name, columns, from, indices } of TABLES) {
    await client.query(`CREATE TABLE ${name} (${columns})`)
    for (const school of schools) {
      const sql = `SELECT formatRowNoNewline('CSV', *) AS line FROM (${from})`
      const rows = await clickhouse.query<{ line: string }>(sql, { school, first: schools[0], position, today, due: REFERRAL_DUE }, { database: DATABASES.facts })
      if (rows.length === 0) continue
      const file = join(files, 'rows.csv')
      const fd = openSync(file, 'w')
      writeSync(fd, rows.map(({ line }) => line).join('\n') + '\n')
      closeSync(fd)
      await client.query(`COPY ${name} FROM '${readableByPostgres(file)}' WITH (FORMAT csv, NULL '\\N')`)
      rmSync(file)
    }
    for (const index of indices) await client.query(`CREATE INDEX ON ${index}`)
    await client.query(`VACUUM ANALYZE ${name}`)
  }
}
