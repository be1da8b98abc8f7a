import type { ClickHouse } from '../engine/clickhouse'
import type { Databases } from '../facts/facts'
import { CANONICAL, KEPT } from '../facts/tables'
import { buildOf, servedBuild } from '../schema/builds'
import { Answers } from './answers'
import knownSql from './known.sql?raw'
import marksSql from './marks.sql?raw'
import schoolsSql from './schools.sql?raw'
import scopeSql from './scope.sql?raw'

/** Where and for whom a question is answered. */
export interface Scope {
  readonly position: number
  /** The facts for what is known now; the ledger for what was known then, and while the facts are being folded. */
  readonly database: string
  readonly scope: readonly string[]
  /** School days are counted from here. */
  readonly firstDay: string
  /** Another wherever what these schools' answers rest on may be. The same at another position: nothing of theirs has changed. */
  readonly version: string
}

/** How far the views of one build go. */
interface Marks {
  readonly kept: number
  readonly held: number
  readonly forgotten: string
  /** Another wherever anything that is answered now may be. */
  readonly state: string
}

/** For whom, and what their facts rest on. */
interface Reach {
  readonly scope: readonly string[]
  readonly first_day: string
  readonly folded: string
}

/** What an answer out of the facts can rest on. */
const FACTS = [...KEPT.map(({ name }) => name as string), CANONICAL]
/** So many ids of schools are kept. */
const MOST_SCHOOLS = 50_000

/**
 * Says which build is served, at which position questions are answered, and which schools there are. How far the views go is asked before
 * every question, and the rest again when that has changed: nothing is out of date.
 */
export class Scopes {
  /** The build that was served when it was last looked. */
  private build = 0
  private readonly reaches = new Answers<Reach>(({ scope }) => scope.length + 1, MOST_SCHOOLS)
  private readonly registered = new Answers<readonly string[]>((schools) => schools.length + 1, MOST_SCHOOLS)

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly databases: Databases,
  ) {}

  /** Asks the build that is served; which it is is asked at the same time, and is most often the one it was. */
  async ofServed<T>(ask: (databases: Databases) => Promise<T>): Promise<T> {
    const asked = this.build
    const answer = ask(buildOf(this.databases, asked))
    // Of a build that is not there any more there is no answer.
    answer.catch(() => undefined)
    const served = await servedBuild(this.clickhouse, this.databases)
    if (served === asked) return answer
    this.build = served
    return this.ofServed(ask)
  }

  /**
   * All of a question is answered from the database found here, even where another is served meanwhile.
   * @param asOf undefined for now
   */
  of(schools: readonly string[], asOf: Date | undefined): Promise<Scope> {
    return this.ofServed((databases) => this.ofBuild(databases, schools, asOf))
  }

  private async ofBuild({ ledger, facts }: Databases, schools: readonly string[], asOf: Date | undefined): Promise<Scope> {
    const [marks, knownThen] = await Promise.all([this.marks(ledger), asOf === undefined ? undefined : this.known(ledger, asOf)])
    const { kept, held, forgotten } = marks
    // What was known at a position the facts have is in them.
    const fromFacts = kept >= 0 && (knownThen ?? kept) === kept
    const position = knownThen ?? (fromFacts ? kept : held)
    const { scope, first_day: firstDay, folded } = await this.reach(ledger, schools, marks, position)
    const [database, version] = fromFacts ? [facts, `now ${folded}`] : [ledger, `then ${position}`]
    return { position, database, scope, firstDay, version: `${database} ${version} ${forgotten}` }
  }

  /** The schools registered, in order. */
  schools(): Promise<string[]> {
    return this.ofServed(async ({ ledger }) => {
      const { state } = await this.marks(ledger)
      const all = await this.registered.get(state, async () => {
        const [row] = await this.clickhouse.query<{ registered: string[] }>(schoolsSql, {}, { database: ledger })
        return row!.registered
      })
      return [...all]
    })
  }

  private async marks(ledger: string): Promise<Marks> {
    const [row] = await this.clickhouse.query<{ facts: string; held: string; forgotten: string; last: string }>(marksSql, {}, { database: ledger })
    const { facts, held, forgotten, last } = row!
    return { kept: Number(facts), held: Number(held), forgotten, state: JSON.stringify([ledger, last, facts, held]) }
  }

  /** What lies between the facts and a position of the ledger beyond them has no marks: it is asked for each time. */
  private reach(ledger: string, schools: readonly string[], { kept, held, state }: Marks, position: number): Promise<Reach> {
    const ask = async () => (await this.clickhouse.query<Reach>(scopeSql, { schools, facts: FACTS, kept }, { database: ledger }))[0]!
    return position > Math.max(kept, held) ? ask() : this.reaches.get(JSON.stringify([state, schools]), ask)
  }

  private async known(ledger: string, asOf: Date): Promise<number> {
    const [row] = await this.clickhouse.query<{ position: string }>(knownSql, { as_of: asOf.getTime() }, { database: ledger })
    return Number(row!.position)
  }
}
