import type { ClickHouse } from '../engine/clickhouse'
import type { Databases } from '../facts/facts'
import { CANONICAL, KEPT } from '../facts/tables'
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

/** Says at which position questions are answered, and which schools there are. It is asked before every question: nothing is out of date. */
export class Scopes {
  private registered: ReadonlySet<string> = new Set()
  private registeredUpTo = -1

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly databases: Databases,
  ) {}

  /** @param asOf undefined for now */
  async of(schools: readonly string[], asOf: Date | undefined): Promise<Scope> {
    const { ledger, facts } = this.databases
    const [[row], knownThen] = await Promise.all([
      this.clickhouse.query<Found>(scopeSql, { schools, facts: FACTS }, { database: ledger }),
      asOf === undefined ? undefined : this.known(asOf),
    ])
    const { kept, held, forgotten, folded, scope, first_day: firstDay } = row!
    const of = (position: number, database: string, version: string): Scope => ({ position, database, scope, firstDay, version: `${version} ${forgotten}` })
    if (knownThen !== undefined) return of(knownThen, ledger, `then ${knownThen}`)
    return Number(kept) < 0 ? of(Number(held), ledger, `then ${held}`) : of(Number(kept), facts, `now ${folded}`)
  }

  /** The schools registered, in order. Only what came since the last time is looked for. */
  async schools(): Promise<string[]> {
    const since = this.registeredUpTo
    const [row] = await this.clickhouse.query<{ upto: string; registered: string[] }>(schoolsSql, { since }, { database: this.databases.ledger })
    const upTo = Number(row!.upto)
    if (upTo < since) return this.afresh()
    const all = new Set([...this.registered, ...row!.registered])
    if (upTo > this.registeredUpTo) [this.registered, this.registeredUpTo] = [all, upTo]
    return [...all].sort()
  }

  /** A ledger that goes less far than it did is another one. */
  private afresh(): Promise<string[]> {
    this.registered = new Set()
    this.registeredUpTo = -1
    return this.schools()
  }

  private async known(asOf: Date): Promise<number> {
    const [row] = await this.clickhouse.query<{ position: string }>(knownSql, { as_of: asOf.getTime() }, { database: this.databases.ledger })
    return Number(row!.position)
  }
}
