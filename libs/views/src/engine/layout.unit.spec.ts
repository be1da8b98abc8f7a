import { describe, expect, it } from 'vitest'
import { checksumOf, folds, migrations } from '../schema/apply'
import { factsSchema, foldingSchema } from '../facts/tables'
import { DATABASES } from '../facts/facts'
import { CLUSTER_NAME, statements } from './layout'

const migration = (name: string) => migrations.find((m) => m.name === name)!.sql

describe('the statements that make the tables', () => {
  it('are on one server what they were before there were clusters', () => {
    // What stands in the tables of installations: never to change.
    expect(Object.fromEntries(migrations.map((m) => [m.name, checksumOf(m).slice(0, 16)]))).toMatchInlineSnapshot(`
      {
        "0001_ledger": "3ab6c24270ff014f",
        "0002_timeline": "4ece0cc94652e71c",
        "0003_elsewhere": "168ed540794da0db",
        "0004_progress": "6f3ff4cc0be16f23",
        "0005_bank_holidays": "193c73d9738865e4",
        "0006_fresh": "abbdd9ccc0491350",
        "0007_fresh_bucket": "469adcac7d0265bf",
        "0008_served": "80b78a1c01ae52fd",
      }
    `)
  })

  it('leave no placeholder, on one server or on a cluster', () => {
    const all = [...migrations, ...folds].map(({ sql }) => sql).concat(factsSchema(DATABASES), foldingSchema(DATABASES))
    for (const cluster of [undefined, 'trust'])
      for (const made of all.flatMap((sql) => statements(sql, cluster))) expect(made.replace(/--.*$/gm, '').replace(/\{\w+:[\w()]+\}/g, '').replace(/'[^']*'/g, ''), made).not.toMatch(/[{}]/)
  })

  it('on a cluster make a table replicated on each shard, and one over the shards', () => {
    expect(statements(migration('0004_progress'), 'trust').map((sql) => sql.replace(/--.*\n/g, ''))).toMatchInlineSnapshot(`
      [
        "CREATE TABLE progress_shard ON CLUSTER 'trust'
      (
          partition UInt32,
          position Int64,
          taken Int64
      )
      ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}', position)
      ORDER BY partition
      ",
        "CREATE TABLE progress ON CLUSTER 'trust' AS progress_shard ENGINE = Distributed('trust', currentDatabase(), 'progress_shard', cityHash64(partition))",
      ]
    `)
    expect(statements(migration('0002_timeline'), 'trust')[0]).toContain("ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}')\n")
    expect(statements('CREATE TABLE IF NOT EXISTS t{on_cluster} (a UInt8) ENGINE = {engine:MergeTree by a} ORDER BY a', 'a-b')).toMatchInlineSnapshot(`
      [
        "CREATE TABLE IF NOT EXISTS t_shard ON CLUSTER 'a-b' (a UInt8) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}') ORDER BY a",
        "CREATE TABLE IF NOT EXISTS t ON CLUSTER 'a-b' AS t_shard ENGINE = Distributed('a-b', currentDatabase(), 't_shard', cityHash64(a))",
      ]
    `)
  })

  it('on a cluster change both', () => {
    expect(statements(migration('0007_fresh_bucket').replace(/--.*\n/, ''), 'trust')).toMatchInlineSnapshot(`
      [
        "ALTER TABLE fresh_shard ON CLUSTER 'trust' ADD COLUMN IF NOT EXISTS bucket UInt8 AFTER school
      ",
        "ALTER TABLE fresh ON CLUSTER 'trust' ADD COLUMN IF NOT EXISTS bucket UInt8 AFTER school
      ",
      ]
    `)
  })

  it('on a cluster ask about a school on its own shard, and a view for what it says', () => {
    expect(statements(folds.find((f) => f.name === '01_living')!.sql, 'trust')).toMatchInlineSnapshot(`
      [
        "-- The facts that hold: of every event up to {position}, each once, without those corrected or withdrawn by then.
      -- A fact's \`place\` is the revision of its first event, so a correction stands where the original stood.
      CREATE OR REPLACE VIEW living ON CLUSTER 'trust' AS
      SELECT *
      FROM ledger FINAL
      WHERE school IN {schools:Array(UUID)}
          AND position <= {position:UInt64}
          AND kind NOT IN ('correction', 'withdrawal')
          AND event NOT IN (
              SELECT supersedes
              FROM ledger_shard
              WHERE school IN {schools:Array(UUID)} AND kind = 'correction' AND position <= {position:UInt64}
          )
          AND fact NOT IN (
              SELECT fact
              FROM ledger_shard
              WHERE school IN {schools:Array(UUID)} AND kind = 'withdrawal' AND position <= {position:UInt64}
              GROUP BY fact
              HAVING argMax(code, revision) = 'withdrawn'
          ) SETTINGS allow_push_predicate_ast_for_distributed_subqueries = 0
      ",
      ]
    `)
    expect(statements(folds.find((f) => f.name === '17_referral_waits')!.sql, 'trust')[0]).not.toContain('By the order')
  })
})

it('a cluster is called by a plain name', () => {
  expect(['trust', 'my-cluster', 'a.b_1'].every((name) => CLUSTER_NAME.test(name))).toBe(true)
  expect(["a'b", '', '1a', 'a b'].some((name) => CLUSTER_NAME.test(name))).toBe(false)
})
