import type { ClickHouse } from '../engine/clickhouse'
import type { Databases } from '../facts/facts'
import { CANONICAL, KEPT } from '../facts/tables'
import { buildOf, servedBuild } from '../schema/builds'
import knownSql from './known.sql?raw'
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

interface Found {
  readonly kept: string
  readonly held: string
  readonly forgotten: string
  readonly folded: string
  readonly scope: string[]
  readonly first_day: string
}

/** What an answer out of the facts can rest on. */
const FACTS = [...KEPT.map(({ name }) => name as string), CANONICAL]

interface Registered {
  /** The ledger they were looked for in, and up to where. */
  readonly ledger: string
  readonly upTo: number
  readonly schools: ReadonlySet<string>
}

/**
 * Says which build is served, at which position questions are answered, and which schools there are. It is asked before every question:
 * nothing is out of date.
 */
export class Scopes {
  /** The build that was served when it was last looked. */
  private build = 0
  private registered: Registered | undefined

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
    const [[row], knownThen] = await Promise.all([
      this.clickhouse.query<Found>(scopeSql, { schools, facts: FACTS }, { database: ledger }),
      asOf === undefined ? undefined : this.known(ledger, asOf),
    ])
    const { kept, held, forgotten, folded, scope, first_day: firstDay } = row!
    const of = (position: number, database: string, version: string): Scope => ({ position, database, scope, firstDay, version: `${database} ${version} ${forgotten}` })
    if (knownThen !== undefined) return of(knownThen, ledger, `then ${knownThen}`)
    return Number(kept) < 0 ? of(Number(held), ledger, `then ${held}`) : of(Number(kept), facts, `now ${folded}`)
  }

  /** The schools registered, in order. Only what came since the last time is looked for. */
  schools(): Promise<string[]> {
    return this.ofServed(async ({ ledger }) => {
      const before = this.registered?.ledger === ledger ? this.registered : undefined
      const found = await this.registeredAfter(ledger, before?.upTo ?? -1)
      // A ledger that goes less far than it did is another one.
      const known = before && found.upTo < before.upTo ? await this.registeredAfter(ledger, -1) : { ...found, schools: new Set([...(before?.schools ?? []), ...found.schools]) }
      this.registered = known
      return [...known.schools].sort()
    })
  }

  private async registeredAfter(ledger: string, since: number): Promise<Registered> {
    const [row] = await this.clickhouse.query<{ upto: string; registered: string[] }>(schoolsSql, { since }, { database: ledger })
    return { ledger, upTo: Number(row!.upto), schools: new Set(row!.registered) }
  }

  private async known(ledger: string, asOf: Date): Promise<number> {
    const [row] = await this.clickhouse.query<{ position: string }>(knownSql, { as_of: asOf.getTime() }, { database: ledger })
    return Number(row!.position)
  }
}
