import type { ClickHouse } from '../engine/clickhouse'
import { NIL } from '../ledger/row'
import type { Databases } from './tables'

/** Where children are involved who are, were or may be one with these, by any link ever recorded: the parts of the schools. */
export async function linkedWith(clickhouse: ClickHouse, { ledger, facts }: Databases, children: readonly string[]): Promise<{ school: string; part: number }[]> {
  const links = await clickhouse.query<{ a: string; b: string }>(
    "SELECT DISTINCT toString(stream) AS a, toString(other_child) AS b FROM ledger WHERE school = {nil:UUID} AND kind IN ('child-linked', 'child-unlinked')",
    { nil: NIL },
    { database: ledger },
  )
  return clickhouse.query<{ school: string; part: number }>(
    'SELECT DISTINCT toString(filed_at) AS school, bucket AS part FROM involvements_rows WHERE recorded_child IN {children:Array(UUID)}',
    { children: reachable(children, links) },
    { database: facts },
  )
}

function reachable(from: readonly string[], links: readonly { a: string; b: string }[]): string[] {
  const next = new Map<string, string[]>()
  for (const { a, b } of links) for (const [one, other] of [[a, b], [b, a]] as const) next.set(one, [...(next.get(one) ?? []), other])
  const found = new Set(from)
  for (const child of found) for (const other of next.get(child) ?? []) found.add(other)
  return [...found]
}
