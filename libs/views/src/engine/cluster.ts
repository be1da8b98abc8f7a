import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'

/** The cluster that was named is not there, or is not one that the views can be kept on. Says what to put right. */
export class ClusterError extends Error {
  readonly code = 'cluster'
}

interface Shard {
  readonly replicas: number
  readonly once: number
}

/** How long a replica may take to have what was written, before an insert has failed and is sent again, ms. */
const REPLICA_PATIENCE_MS = 60_000

/**
 * The settings by which a write to a cluster has happened once it is acknowledged: on all replicas of its shard, so that whichever is
 * asked has it. A replica that is away stops the writing, until it is back or is taken out of the cluster: late figures can be seen to be
 * late, wrong ones cannot be seen to be wrong.
 */
export async function writingTo(cluster: string, client: ClickHouseClient): Promise<ClickHouseSettings> {
  const result = await client.query({
    query: 'SELECT count() AS replicas, min(internal_replication) AS once FROM system.clusters WHERE cluster = {cluster:String} GROUP BY shard_num',
    query_params: { cluster },
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    format: 'JSONEachRow',
  })
  const shards = await result.json<Shard>()
  const replicas = shards[0]?.replicas
  if (replicas === undefined) throw new ClusterError(`ClickHouse knows no cluster called ${cluster}: name it in remote_servers of every node.`)
  if (shards.some((shard) => shard.replicas !== replicas)) throw new ClusterError(`Every shard of the cluster ${cluster} has to have as many replicas as the others.`)
  if (replicas > 1 && shards.some(({ once }) => !once)) throw new ClusterError(`Every shard of the cluster ${cluster} has to have internal_replication, or rows are written once for each replica.`)
  return {
    distributed_foreground_insert: 1,
    // Folds are worked out here, of the rows of all shards.
    parallel_distributed_insert_select: '0',
    ...(replicas > 1 && { insert_quorum: String(replicas), insert_quorum_timeout: REPLICA_PATIENCE_MS }),
  }
}
