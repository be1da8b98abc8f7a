/**
 * One set of statements for one server and for a cluster of them. What makes or changes tables has placeholders:
 *
 * - `{engine:E by c}`  the table's engine, E. On a cluster the table is made twice: replicated on each shard, and under its own name a
 *                      Distributed table over the shards. The shard of a row is a hash of its column c.
 * - `t{shard}`         the table t that holds the rows; on a cluster those of one shard.
 * - `t{both}`          the same and the one over all shards, one after the other: on a cluster the statement becomes two.
 * - `{on_cluster}`     on every node.
 * - `{as_it_stands}`   ends a view of such a table: its shards are asked for what it says, not also for what is asked of it, because a
 *                      subquery in that may name views whose parameters a shard is not told.
 * - `{one_server}`     begins a line that is left out on a cluster.
 *
 * On one server they leave the plain statement, to the letter: what was applied before there were clusters has the same checksum.
 */
export function statements(sql: string, cluster?: string): string[] {
  if (cluster === undefined) return [sql.replace(ENGINE, '$1').replace(/\{(shard|both|on_cluster|as_it_stands|one_server)\}/g, '')]
  const text = sql
    .replace(/^ *\{one_server\}.*\n/gm, '')
    .replaceAll('{on_cluster}', ` ON CLUSTER '${cluster}'`)
    .replaceAll('{as_it_stands}', ' SETTINGS allow_push_predicate_ast_for_distributed_subqueries = 0')
  const engine = ENGINE.exec(text)
  if (engine) return tableOnCluster(text, cluster, engine)
  const of = (both: string) => text.replaceAll('{shard}', SHARD).replaceAll('{both}', both)
  return text.includes('{both}') ? [of(SHARD), of('')] : [of('')]
}

/** What a cluster may be called: it stands in statements. */
export const CLUSTER_NAME = /^[A-Za-z][\w.-]*$/

const SHARD = '_shard'
const ENGINE = /\{engine:(.+?) by (\w+)\}/

function tableOnCluster(text: string, cluster: string, [placeholder, engine, column]: RegExpExecArray): string[] {
  const head = /CREATE TABLE( IF NOT EXISTS)? (\w+)/.exec(text)
  if (!head) throw new Error(`Not a statement that makes a table: ${text.slice(0, 80)}`)
  const [made, ifNotExists = '', name] = head
  return [
    // By functions, and the path last: it has a {shard} of the server's own.
    text.replace(made, () => `${made}${SHARD}`).replaceAll('{shard}', SHARD).replace(placeholder, () => replicated(engine!)),
    `CREATE TABLE${ifNotExists} ${name} ON CLUSTER '${cluster}' AS ${name}${SHARD} ENGINE = Distributed('${cluster}', currentDatabase(), '${name}${SHARD}', cityHash64(${column}))`,
  ]
}

/** Where a table's replicas meet: by the table's own id, so that what was dropped is never met again. */
const replicated = (engine: string): string => {
  const [, kind, given] = /^(\w+?)(?:\((.*)\))?$/.exec(engine)!
  return `Replicated${kind}(${["'/clickhouse/tables/{uuid}/{shard}'", "'{replica}'", ...(given ? [given] : [])].join(', ')})`
}
