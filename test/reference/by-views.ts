import { DATABASES, type ClickHouse } from '@circumspect/views'
import { expect } from 'vitest'
import { foldedAt, KEPT } from '../../libs/views/src/facts/tables'
import { Scopes } from '../../libs/views/src/reports/scope'

/** Questions about few schools are given the generations that hold; about many, each view looks for them: it finds the same rows. */
export async function expectSameByViews(reader: ClickHouse, schools: readonly string[], about: string): Promise<void> {
  const { ask, scope, position } = await new Scopes(reader, DATABASES).of(schools, undefined)
  for (const kept of KEPT) {
    const sql = `SELECT * FROM ${kept.name}${foldedAt(kept, '{scope:Array(UUID)}', '{position:UInt64}')} ORDER BY ALL`
    const found = await reader.query<object>(sql, { scope, position }, { database: DATABASES.facts })
    expect(await ask<object>(sql, { scope, position }), `${about}, ${kept.name}`).toEqual(found)
    if (kept.name === 'living') expect(found.length, about).toBeGreaterThan(0)
  }
}
