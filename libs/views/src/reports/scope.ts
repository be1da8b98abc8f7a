import type { ClickHouse, Params } from '../engine/clickhouse'
import type { Databases } from '../facts/facts'
import { CANONICAL, KEPT } from '../facts/tables'
import { BUCKETS } from '../facts/touched'
import { holdingOf, writtenOut } from '../facts/written-out'
import { NIL } from '../ledger/row'
import { Answers } from './answers'
import elsewhereSql from './elsewhere.sql?raw'
import firstDaySql from './first-day.sql?raw'
import foldedSql from './folded.sql?raw'
import holdingSql from './holding.sql?raw'
import { lookingOnce, Looks, type Look } from './look'
import schoolsSql from './schools.sql?raw'

/** Asks where the scope says. */
export type Ask = <T>(sql: string, params: Params) => Promise<T[]>

/** Where and for whom a question is answered. */
export interface Scope {
  readonly position: number
  /** Of the facts for what is known now; of the ledger for what was known then, and while the facts are being folded. */
  readonly ask: Ask
  /** The schools whose cases can say something about the schools asked for. */
  readonly scope: readonly string[]
  /** School days are counted from here. Asked for when it is needed. */
  readonly firstDay: () => Promise<string>
  /** Another wherever what these schools' answers rest on may be. The same at another position: nothing of theirs has changed. */
  readonly version: string
}

/** What an answer out of the facts can rest on. */
const FACTS = [...KEPT.map(({ name }) => name as string), CANONICAL]
/** Of so many schools the generations that hold are given to a question; of more, its views ask for them. */
const MOST_GIVEN = 8
/** So many ids of schools are kept. */
const MOST_SCHOOLS = 50_000

/** What of the facts of some schools holds. */
interface Holding {
  readonly folded: string
  /** For questions whose views are written out; undefined where they are too many. */
  readonly params: Params | undefined
}

/** What has been found about schools, by what it rests on. */
class Found {
  readonly registered = new Answers<readonly string[]>((schools) => schools.length + 1, MOST_SCHOOLS)
  readonly elsewhere = new Answers<ReadonlyMap<string, readonly string[]>>(({ size }) => size + 1, MOST_SCHOOLS)
  readonly firstDays = new Answers<string>(() => 1, MOST_SCHOOLS)
  readonly holdings = new Answers<Holding>(({ params }) => 1 + Object.values(params ?? {}).reduce<number>((sum, given) => sum + (given as readonly unknown[]).length, 0))
}

/**
 * Says at which position and from what questions are answered, and which schools there are. How far the views go is looked at before every
 * question, or once for those that belong together, and the rest asked again when that has changed: nothing is out of date.
 */
export class Scopes {
  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly databases: Databases,
    private readonly looks: Pick<Looks, 'look' | 'last'> = new Looks(clickhouse, databases),
    private readonly found = new Found(),
  ) {}

  /** How far the views go, and which are served. */
  look(): Promise<Look> {
    return this.looks.look()
  }

  /**
   * For questions that belong together: how far the views go is looked at when the first is asked. What holds of the schools they may be
   * about is looked for meanwhile, as if the views went as far as the last time: most often they do.
   */
  together(schools: readonly string[]): Scopes {
    const look = this.looks.last
    if (look && look.kept >= 0 && schools.length > 0)
      void this.reaching(look, look.state, schools).then((scope) => this.holding(look, scope)).catch(() => undefined)
    return new Scopes(this.clickhouse, this.databases, { look: lookingOnce(() => this.look()), last: undefined }, this.found)
  }

  /**
   * All of a question is answered from the databases looked at, even where others are served meanwhile.
   * @param asOf undefined for now
   */
  async of(schools: readonly string[], asOf: Date | undefined): Promise<Scope> {
    const look = await this.look()
    const { ledger, kept, held, forgotten } = look
    const knownThen = asOf === undefined ? undefined : await look.known(asOf)
    // What was known at a position the facts have is in them.
    const fromFacts = kept >= 0 && (knownThen ?? kept) === kept
    const position = knownThen ?? (fromFacts ? kept : held)
    // What lies between the facts and a position of the ledger beyond them has no marks: it is asked for each time.
    const state = position > Math.max(kept, held) ? undefined : look.state
    const scope = await this.reaching(look, state, schools)
    const firstDay = () => this.firstDay(look, state, scope)
    if (!fromFacts) return { position, ask: this.asking(ledger), scope, firstDay, version: `${ledger} then ${position} ${forgotten}` }
    const holding = await this.holding(look, scope)
    return { position, ask: this.factsOf(look, scope, holding), scope, firstDay, version: `${look.facts} now ${holding.folded} ${forgotten}` }
  }

  /** The schools registered, in order. */
  async schools(): Promise<string[]> {
    const { ledger, state } = await this.look()
    const all = await this.found.registered.get(state, async () => {
      const [row] = await this.asking(ledger)<{ registered: string[] }>(schoolsSql, {})
      return row!.registered
    })
    return [...all]
  }

  private asking(database: string): Ask {
    return (sql, params) => this.clickhouse.query(sql, params, { database })
  }

  private factsOf({ facts }: Look, scope: readonly string[], { params: holding }: Holding): Ask {
    const ask = this.asking(facts)
    if (!holding) return ask
    return (sql, params) => {
      const question = writtenOut(sql)
      return ask(question.sql, { ...params, scope, ...Object.fromEntries(question.reads.map((name) => [holdingOf(name), holding[name]])) })
    }
  }

  /** With the schools whose cases count at these. */
  private async reaching({ ledger }: Look, state: string | undefined, schools: readonly string[]): Promise<string[]> {
    const elsewhere = await this.found.elsewhere.get(state, async () => {
      const rows = await this.asking(ledger)<{ school: string; filed: string[] }>(elsewhereSql, {})
      return new Map(rows.map(({ school, filed }) => [school, filed]))
    })
    return [...new Set([...schools, ...schools.flatMap((school) => elsewhere.get(school) ?? [])])].sort()
  }

  private firstDay({ ledger }: Look, state: string | undefined, scope: readonly string[]): Promise<string> {
    return this.found.firstDays.get(state && JSON.stringify([state, scope]), async () => {
      const [row] = await this.asking(ledger)<{ first_day: string }>(firstDaySql, { scope })
      return row!.first_day
    })
  }

  private holding({ ledger, state, kept: position }: Look, scope: readonly string[]): Promise<Holding> {
    return this.found.holdings.get(JSON.stringify([state, scope]), async () => {
      const params = { facts: FACTS, schools: [...scope, NIL], position }
      if (scope.length <= MOST_GIVEN) return given(await this.asking(ledger)<HoldingRow>(holdingSql, params), scope)
      const [row] = await this.asking(ledger)<{ folded: string }>(foldedSql, params)
      return { folded: row!.folded, params: undefined }
    })
  }
}

interface HoldingRow {
  readonly kept: string
  readonly school: string
  readonly generations: readonly string[]
}

function given(rows: readonly HoldingRow[], scope: readonly string[]): Holding {
  const none = Array<number>(BUCKETS).fill(0)
  const of = new Map(rows.map(({ kept, school, generations }) => [`${kept} ${school}`, generations.map(Number)]))
  const params = Object.fromEntries(KEPT.map(({ name }) => [name, scope.flatMap((school) => of.get(`${name} ${school}`) ?? none)]))
  return { folded: String([...of.values()].flat().reduce((most, generation) => Math.max(most, generation), 0)), params }
}
