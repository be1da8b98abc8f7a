import { DATABASES, type ReportName } from '@circumspect/views'
import type { ReportDefinition } from '../../libs/views/src/reports/definition'
import { hotspots } from '../../libs/views/src/reports/hotspots/hotspots'
import { patterns } from '../../libs/views/src/reports/patterns/patterns'
import { repeats } from '../../libs/views/src/reports/repeats/repeats'
import { timeToReferral } from '../../libs/views/src/reports/time-to-referral/time-to-referral'
import { trend } from '../../libs/views/src/reports/trend/trend'
import type { FeedGenerator } from './generator'
import { startPostgres, type Postgres } from './postgres'
import { scopesOf, timed } from './questions'
import { loadStar } from './star'
import { figure, median, ms, type Measured } from './table'
import { NOW, type Views } from './views'

const TODAY = NOW.toISOString().slice(0, 10)
/** Faster than PostgreSQL by so much. */
const AIM = 10

/** The same table of a report asked of both. PostgreSQL's has the same columns under the same names, in the same order. */
interface Question {
  readonly report: ReportName
  readonly definition: ReportDefinition
  readonly table: string
  readonly sql: string
  readonly columns: readonly string[]
}

const QUESTIONS: readonly Question[] = [
  {
    report: 'hotspots', definition: hotspots, table: 'on-site', columns: ['school', 'setting', 'place', 'location_kind', 'slot', 'weekday', 'incidents'],
    sql: `SELECT happened_at AS school, setting, place_id AS place, location_kind, slot, weekday, count(*) AS incidents FROM incidents
      WHERE happened_at = ANY($1) AND counted AND setting = 'on-site' GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 4, 3, 5, 6`,
  },
  {
    report: 'patterns', definition: patterns, table: 'pairs', columns: ['by_sex', 'on_sex', 'incidents', 'acts'],
    sql: `SELECT by_sex, on_sex, count(DISTINCT incident) AS incidents, count(DISTINCT (incident, by_child, on_child)) AS acts FROM acts
      WHERE happened_at = ANY($1) AND counted GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    report: 'repeats', definition: repeats, table: 'first-to-next', columns: ['role', 'children', 'repeated', 'within_30_days', 'within_90_days', 'within_365_days'],
    sql: `WITH each AS (SELECT DISTINCT child, role, incident, earliest, occurred_date FROM involvements
        WHERE (on_roll = ANY($1) OR on_roll IS NULL AND happened_at = ANY($1)) AND counted AND precision NOT IN ('month', 'unknown') AND occurred_date <= '${TODAY}'),
      ordered AS (SELECT child, role, occurred_date, row_number() OVER w AS n, lead(occurred_date) OVER w AS next FROM each WINDOW w AS (PARTITION BY child, role ORDER BY earliest, occurred_date, incident))
      SELECT role, count(*) AS children, count(next) AS repeated, count(*) FILTER (WHERE next <= occurred_date + 30) AS within_30_days,
        count(*) FILTER (WHERE next <= occurred_date + 90) AS within_90_days, count(*) FILTER (WHERE next <= occurred_date + 365) AS within_365_days
      FROM ordered WHERE n = 1 GROUP BY role ORDER BY role`,
  },
  {
    report: 'time-to-referral', definition: timeToReferral, table: 'outcomes',
    columns: ['dimension', 'value', 'due', 'before', 'referred', 'reversed', 'decided_against', 'open', 'timed', 'median_ms', 'p90_ms', 'within_24_hours', 'within_one_school_day'],
    sql: `WITH timed AS (SELECT *, referred_date IS NOT NULL AS has_referral, told_precision IN ('minute', 'hour') AND referred_precision IN ('minute', 'hour') AS exact
        FROM cases WHERE filed_at = ANY($1) AND referral_due),
      judged AS (SELECT *, CASE WHEN has_referral AND CASE WHEN exact THEN referred_earliest < told_earliest ELSE referred_date < told_date END THEN 'before'
          WHEN has_referral AND against_earliest < referred_earliest THEN 'reversed' WHEN has_referral THEN 'referred' WHEN against_earliest IS NOT NULL THEN 'decided-against' ELSE 'open' END AS outcome
        FROM timed),
      waited AS (SELECT j.*, outcome IN ('referred', 'reversed') AS was_referred, CASE WHEN outcome IN ('referred', 'reversed') AND exact THEN referred_earliest - told_earliest END AS waited, b.ordinal - a.ordinal AS days
        FROM judged j LEFT JOIN dates a ON a.school = j.filed_at AND a.day = j.told_date LEFT JOIN dates b ON b.school = j.filed_at AND b.day = j.referred_date)
      SELECT g.dimension, g.value, count(*) AS due, count(*) FILTER (WHERE outcome = 'before') AS before, count(*) FILTER (WHERE outcome = 'referred') AS referred,
        count(*) FILTER (WHERE outcome = 'reversed') AS reversed, count(*) FILTER (WHERE outcome = 'decided-against') AS decided_against, count(*) FILTER (WHERE outcome = 'open') AS open,
        count(waited) AS timed, percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) AS median_ms, percentile_cont(0.9) WITHIN GROUP (ORDER BY waited) AS p90_ms,
        count(*) FILTER (WHERE waited <= 86400000) AS within_24_hours, count(*) FILTER (WHERE was_referred AND days <= 1) AS within_one_school_day
      FROM waited CROSS JOIN LATERAL (VALUES ('all', 'all'), ('behaviour', first_behaviour), ('school', filed_at::text)) AS g (dimension, value) GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    report: 'trend', definition: trend, table: 'months', columns: ['month', 'cases', 'incidents', 'school_days'],
    sql: `SELECT to_char(m.month, 'YYYY-MM') AS month, m.cases, m.incidents, coalesce(d.school_days, 0) AS school_days
      FROM (SELECT date_trunc('month', t.told_date)::date AS month, count(DISTINCT t.case_id) AS cases, count(i.incident) FILTER (WHERE i.counted) AS incidents
        FROM cases t LEFT JOIN incidents i ON i.case_id = t.case_id AND i.filed_at = ANY($1) WHERE t.filed_at = ANY($1) AND t.told_precision <> 'unknown' GROUP BY 1) m
      LEFT JOIN (SELECT date_trunc('month', day)::date AS month, count(*) AS school_days FROM dates WHERE school = ANY($1) AND is_school_day GROUP BY 1) d ON d.month = m.month ORDER BY 1`,
  },
]

/** The tables of five reports, ours and PostgreSQL's over a star schema: equal answers first, then how long each takes. */
export async function measureAgainstPostgres(views: Views, generator: FeedGenerator, say: (line: string) => void): Promise<Measured[]> {
  const postgres = await startPostgres()
  if (!postgres) {
    say('NO POSTGRESQL 15 IN /usr/lib/postgresql/15: THE COMPARISON IS LEFT OUT')
    return [{ section: 'postgresql', what: 'the same questions in SQL over a star schema', figure: '**not measured: no PostgreSQL 15 is installed**', against: 'PostgreSQL 15', aim: `≥ ${AIM} ×` }]
  }
  try {
    const ids = generator.schools.map((s) => s.id)
    await loadStar(postgres, views.projector, ids, generator.position - 1, TODAY)
    say('  PostgreSQL holds the same facts')
    const measured: Measured[] = []
    for (const scope of scopesOf(generator))
      for (const question of QUESTIONS) measured.push(await compare(views, postgres, question, scope, generator.position - 1))
    return measured
  } finally {
    await postgres.stop()
  }
}

async function compare(views: Views, { client }: Postgres, question: Question, scope: ReturnType<typeof scopesOf>[number], position: number): Promise<Measured> {
  const ours = (run: number) => askOurs(views, question, scope.schools(run), position)
  const theirs = async (run: number) => (await client.query<Record<string, unknown>>(question.sql, [[...scope.schools(run)]])).rows
  mustAgree(`${question.report}, ${scope.name}`, question.columns, await ours(0), await theirs(0))
  const runs = Math.min(scope.runs, 9)
  const [us, them] = [await timed(runs, ours), await timed(runs, theirs)]
  const what = `${question.report} (${question.table}), ${scope.name}`
  if (us instanceof Error || them instanceof Error) throw us instanceof Error ? us : them
  const ratio = median(them) / median(us)
  return {
    section: 'postgresql', what, figure: `${figure(ratio)} × as fast (${ms(median(us))})`, against: `PostgreSQL 15, star schema (${ms(median(them))}), equal answers`,
    ...(scope.name === 'all schools' && { aim: `≥ ${AIM} ×`, reached: ratio >= AIM }),
  }
}

/** One table of a report as {@link ClickHouseReports} asks it, without what TypeScript makes of it afterwards. */
async function askOurs({ reader }: Views, { definition, table }: Question, schools: readonly string[], position: number): Promise<Record<string, unknown>[]> {
  const { sql, params, own = '1' } = definition.tables.find((t) => t.name === table)!
  const filed = await reader.query<{ id: string }>('SELECT DISTINCT toString(filed) AS id FROM elsewhere WHERE counts_at IN {schools:Array(UUID)}', { schools }, { database: DATABASES.ledger })
  const common = { schools, scope: [...new Set([...schools, ...filed.map(({ id }) => id)])], position, from: '2000-01-01', to: '2199-12-31', dated: false }
  const days = { at_date: TODAY, first_day: '2000-01-01', last_day: TODAY }
  return reader.query(`SELECT * FROM (${sql}) WHERE ${own}`, { ...common, ...days, ...params }, { database: DATABASES.facts })
}

/** Rows as text, in order: what must be equal, whatever order they come in. */
function mustAgree(about: string, columns: readonly string[], ours: readonly Record<string, unknown>[], theirs: readonly Record<string, unknown>[]): void {
  const lines = (rows: readonly Record<string, unknown>[]) => rows.map((row) => columns.map((c) => cellOf(row[c])).join('|')).sort()
  const [a, b] = [lines(ours), lines(theirs)]
  const differing = a.findIndex((line, i) => line !== b[i])
  if (a.length !== b.length || differing >= 0)
    throw new Error(`PostgreSQL answers otherwise (${about}): ${a.length} rows and ${b.length}; ours ${a[Math.max(0, differing)]}, PostgreSQL's ${b[Math.max(0, differing)]}`)
}

/** A centile between two milliseconds can differ in the last bit. */
const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? String(Math.round(number * 10) / 10) : String(value as string)
}
