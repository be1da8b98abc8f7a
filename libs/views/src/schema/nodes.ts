import { ClusterError, type ClickHouse } from '../engine/clickhouse'

/**
 * Refuses a cluster with a node that lacks a table the others have, or has one by that name which is not the others' replica: such a node
 * would answer out of nothing. A table is the same one by its id, which a statement ON CLUSTER gives all nodes. A cluster without tables
 * passes.
 */
export async function nodesAgree(clickhouse: ClickHouse, database: string): Promise<void> {
  const { cluster } = clickhouse
  if (cluster === undefined) return
  const [differs] = await clickhouse.query<{ name: string }>(
    `SELECT name, sum(nodes) AS everywhere, min(nodes) AS fewest
     FROM (SELECT name, uuid, count() AS nodes FROM clusterAllReplicas('${cluster}', system.tables) WHERE database = {database:String} AND name LIKE '%\\\\_shard' GROUP BY name, uuid)
     GROUP BY name
     HAVING everywhere != (SELECT count() FROM system.clusters WHERE cluster = {cluster:String})
        OR fewest < (SELECT max(replica_num) FROM system.clusters WHERE cluster = {cluster:String})
     ORDER BY name LIMIT 1`,
    { database, cluster },
    { database: 'default' },
  )
  if (differs)
    throw new ClusterError(
      `Not every node of the cluster ${cluster} has its replica of ${database}.${differs.name}. If one was away it may still make it: wait. If one is new, make its tables first, as the guide for the operator says.`,
    )
}
