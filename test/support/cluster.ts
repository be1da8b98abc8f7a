import { ClickHouse, startEngine, type Engine } from '@circumspect/views'
import { DEFAULT_LIMITS } from '../../libs/views/src/engine/config'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { freePort } from '../../libs/views/src/engine/engine-process'
import { buildProgram } from './build'

export const CLUSTER = 'trust'

export interface TestCluster {
  /** Writes by way of the first node. */
  projector(): ClickHouse
  /** Reads by way of the node of this number, from 0 on. */
  reader(node: number): ClickHouse
  /** Tells one node, not the cluster; or a cluster it knows by this name. */
  node(node: number, named?: string): ClickHouse
  /** Every statement for all nodes that there was, as a cluster would be told it. */
  told(): readonly string[]
  /** Where other nodes reach the node. */
  port(node: number): number
  /** Ends a node, as a machine that fails. */
  end(node: number): Promise<void>
}

/** Clusters the nodes know by name only: two replicas, shards of unlike size, and one whose replicas would each be written to. */
const ONLY_NAMED = `
  <pair><shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>1</port></replica><replica><host>127.0.0.1</host><port>2</port></replica></shard></pair>
  <unlike><shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>1</port></replica><replica><host>127.0.0.1</host><port>2</port></replica></shard><shard><replica><host>127.0.0.1</host><port>3</port></replica></shard></unlike>
  <careless><shard><replica><host>127.0.0.1</host><port>1</port></replica><replica><host>127.0.0.1</host><port>2</port></replica></shard></careless>`

/** Several engines on a busy machine: a question may take long. */
export const PATIENT = { ...DEFAULT_LIMITS, reportSeconds: 300 }

/**
 * A cluster of two shards for the tests of one file: two real engines that know each other. The embedded engine runs no statement ON
 * CLUSTER and cannot replicate (it has no port for replicas), so here every node is told each such statement by itself, and a replicated
 * table is a plain one: one replica of each shard. Everything else (Distributed tables, where rows go, how questions are asked of
 * shards, who may do what) is the engine's own.
 */
export function useCluster(): TestCluster {
  const folders = [1, 2].map((shard) => mkdtempSync(join(tmpdir(), `circumspect-shard-${shard}-`)))
  const clients: ClickHouse[] = []
  let engines: Engine[] = []
  let ports: number[] = []
  const told: string[] = []
  /** That a node ended unexpectedly, which its being started again would hide. */
  const troubles: string[] = []
  const opened = <C extends ClickHouse>(client: C): C => {
    clients.push(client)
    return client
  }
  beforeAll(async () => {
    ports = await Promise.all(folders.map(() => freePort()))
    const childScript = await buildProgram('test/support/shard-child.ts')
    engines = await Promise.all(
      folders.map((directory, i) => {
        mkdirSync(join(directory, 'engine.d'))
        writeFileSync(join(directory, 'shard-port'), String(ports[i]))
        writeFileSync(join(directory, 'engine.d', 'cluster.xml'), clusterConfig(ports))
        return startEngine({ directory, childScript, log: (message) => void troubles.push(`Node ${i}: ${message}`), limits: PATIENT })
      }),
    )
  })
  afterAll(async () => {
    for (const client of clients) await client.close()
    for (const engine of engines) await engine.stop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    expect(troubles).toEqual([])
  })
  const node = (i: number, named?: string) => opened(new ClickHouse(engines[i]!.url, 'projector', engines[i]!.credentials.projector, named))
  return {
    projector: () => opened(new ByEachNode(engines, told)),
    reader: (i) => opened(engines[i]!.client('reader')),
    node,
    told: () => told,
    port: (i) => ports[i]!,
    end: (i) => engines[i]!.stop(),
  }
}

/** Tells every node what a cluster would pass on to them. */
class ByEachNode extends ClickHouse {
  private readonly nodes: readonly ClickHouse[]

  constructor(
    engines: readonly Engine[],
    private readonly told: string[],
  ) {
    super(engines[0]!.url, 'projector', engines[0]!.credentials.projector, CLUSTER)
    this.nodes = engines.map((engine) => engine.client('projector'))
  }

  override async command(...[sql, params, target]: Parameters<ClickHouse['command']>): Promise<void> {
    if (!sql.includes(' ON CLUSTER ')) return super.command(sql, params, target)
    this.told.push(sql)
    for (const node of this.nodes) await node.command(onOneNode(sql), params, target)
  }

  override async close(): Promise<void> {
    for (const node of this.nodes) await node.close()
    await super.close()
  }
}

const onOneNode = (sql: string): string =>
  sql
    .replace(` ON CLUSTER '${CLUSTER}'`, '')
    .replace(/Replicated(\w+)\('[^']*', '\{replica\}'(?:, )?/, '$1(')

/** What deploy/clickhouse/cluster tells a server, for these nodes; who may do what is taken from there. */
function clusterConfig(ports: readonly number[]): string {
  const shards = ports.map((port) => `<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`)
  const grants = /<projector>\s*(<grants[\s\S]*?<\/grants>)/.exec(readFileSync('deploy/clickhouse/cluster/users.xml', 'utf8'))![1]!
  return `<clickhouse>
  <remote_servers><${CLUSTER}><secret>for-this-test-alone</secret>${shards.join('')}</${CLUSTER}>${ONLY_NAMED}</remote_servers>
  <users><projector>${grants}</projector></users>
</clickhouse>
`
}
