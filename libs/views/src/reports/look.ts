import type { ClickHouse } from '../engine/clickhouse'
import { ViewsUnavailableError } from '../engine/failures'
import type { Databases } from '../facts/facts'
import { buildOf, servedBuild } from '../schema/builds'
import knownSql from './known.sql?raw'
import marksSql from './marks.sql?raw'

/** How far the views that are served go, as they were when it was looked. */
export interface Look extends Databases {
  /** How far the facts go; -1 where none are kept. */
  readonly kept: number
  /** How far the ledger went when the facts were last given up; -1 where they never were. */
  readonly held: number
  /** Another wherever what was kept does not count any more. */
  readonly forgotten: string
  /** Another wherever anything that is answered now may be. */
  readonly state: string
  /** The position up to which everything is in the ledger and was recorded by an instant, as it was when first asked; -1 for none. */
  readonly known: (asOf: Date) => Promise<number>
}

/** Looks how far the views go. */
export class Looks {
  /** The build that was served when it was last looked. */
  private build = 0
  /** What was seen when it was last looked. */
  last: Look | undefined

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly databases: Databases,
  ) {}

  async look(): Promise<Look> {
    const asked = this.build
    const databases = buildOf(this.databases, asked)
    const marks = await this.marks(databases).catch(async (error: unknown) => {
      // Of a build that is not there any more there is no answer.
      const served = await servedBuild(this.clickhouse, this.databases)
      if (served === asked) throw error
      return { served }
    })
    this.build = marks.served
    if (!('facts' in marks) || marks.served !== asked) return this.look()
    return (this.last = this.seen(databases, marks))
  }

  private seen(databases: Databases, { served, facts, held, last, forgotten }: Marks): Look {
    const positions = new Map<number, Promise<number>>()
    const known = (asOf: Date) => {
      const position = positions.get(asOf.getTime()) ?? this.known(databases, asOf)
      positions.set(asOf.getTime(), position)
      return position
    }
    return { ...databases, kept: Number(facts), held: Number(held), forgotten, state: JSON.stringify([served, last, facts, held]), known }
  }

  private async marks({ ledger }: Databases): Promise<Marks> {
    const [row] = await this.clickhouse.query<Marks>(marksSql, { first: this.databases.ledger }, { database: ledger })
    return row!
  }

  private async known({ ledger }: Databases, asOf: Date): Promise<number> {
    const [row] = await this.clickhouse.query<{ position: string }>(knownSql, { as_of: asOf.getTime() }, { database: ledger })
    return Number(row!.position)
  }
}

/** So long after a look the build it saw is there for a question that begins: it goes this much later than the longest question takes. */
const SURE_MS = 10_000

/**
 * One look for questions that belong together.
 * @throws ViewsUnavailableError where other views are served before the last of them is asked
 */
export function lookingOnce(look: () => Promise<Look>, clock = Date.now): () => Promise<Look> {
  let [first, sure]: [Promise<Look> | undefined, number] = [undefined, 0]
  return async () => {
    if (first && clock() > sure) {
      const asked = clock()
      if ((await look()).ledger !== (await first).ledger) throw new ViewsUnavailableError('The views were built anew meanwhile. Ask again.')
      sure = asked + SURE_MS
    }
    if (!first) [first, sure] = [look(), clock() + SURE_MS]
    return first
  }
}

interface Marks {
  readonly served: number
  readonly forgotten: string
  readonly facts: string
  readonly held: string
  readonly last: string
}
