import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Credentials } from './credentials'

export interface EngineLimits {
  /** All of the engine together, bytes. */
  readonly serverMemory: number
  /** One report, bytes. */
  readonly reportMemory: number
  /** One report, seconds. */
  readonly reportSeconds: number
  /** One answer, rows. */
  readonly reportRows: number
}

export const DEFAULT_LIMITS: EngineLimits = {
  serverMemory: 1_500_000_000,
  reportMemory: 1_000_000_000,
  reportSeconds: 30,
  reportRows: 1_000_000,
}

/**
 * The engine's configuration, read by it at its start. Answers only the users who have a password, and keeps no text of
 * a query: failed queries would put values into the log, so their loggers are silent. Small caches: the engine shares a school's
 * PC. Where it listens is said on its command line, its time zone by its environment.
 */
export function engineConfig(directory: string, credentials: Credentials, limits: EngineLimits): string {
  const path = (name: string) => escapeXml(join(directory, name))
  return `<clickhouse>
  <logger>
    <log>${path('engine.log')}</log><size>10M</size><count>2</count><console>0</console>
    <levels>${['executeQuery', 'DynamicQueryHandler'].map(silent).join('')}</levels>
  </logger>
  <send_crash_reports><enabled>false</enabled></send_crash_reports>
  ${HTTP_HANDLERS}
  <max_server_memory_usage>${limits.serverMemory}</max_server_memory_usage>
  <mark_cache_size>67108864</mark_cache_size>
  <primary_index_cache_size>67108864</primary_index_cache_size>
  <index_mark_cache_size>16777216</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <compiled_expression_cache_size>33554432</compiled_expression_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  ${MERGE_TREE}
  <users_config>${path('engine.xml')}</users_config>
  ${ACCESS_IS_GRANTED}
  ${usersConfig(credentials, limits)}
</clickhouse>
`
}

const silent = (logger: string) => `<logger><name>${logger}</name><level>none</level></logger>`

/**
 * Which requests are answered at all. `default` has no password, because the engine starts as it, and the function file() reads
 * any file without a grant: so no request may be made as `default`. A request that names a user twice is refused by the engine.
 */
const HTTP_HANDLERS = `<http_handlers>
    <rule>
      <url>/ping</url><methods>GET</methods>
      <handler>
        <type>static</type><status>200</status><content_type>text/plain</content_type><response_content>Ok.</response_content>
      </handler>
    </rule>
    <rule>
      <headers><X-ClickHouse-User>regex:^(projector|reader)$</X-ClickHouse-User></headers>
      <handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler>
    </rule>
  </http_handlers>`

/** The engine will not start with a small pool unless these, made for a large one, are small too. */
const OF_A_SMALL_POOL = ['execute_mutation', 'lower_max_size_of_merge', 'execute_optimize_entire_partition']
  .map((what) => `number_of_free_entries_in_pool_to_${what}`)
  .map((setting) => `<${setting}>1</${setting}>`)

/** What was acknowledged is on the disk, not only in the operating system's memory. */
const MERGE_TREE = `<merge_tree>
    <fsync_after_insert>1</fsync_after_insert>
    <fsync_part_directory>1</fsync_part_directory>
    ${OF_A_SMALL_POOL.join('\n    ')}
  </merge_tree>`

/** Without these, table engines (one of them writes files anywhere) and the system tables need no grant. */
const ACCESS_IS_GRANTED = `<access_control_improvements>
    <table_engines_require_grant>true</table_engines_require_grant>
    <select_from_system_db_requires_grant>true</select_from_system_db_requires_grant>
  </access_control_improvements>`

const PROJECTOR_GRANTS = [
  'GRANT SHOW, SELECT, INSERT, ALTER, CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP, TRUNCATE, OPTIMIZE ON circumspect*.*',
  'GRANT TABLE ENGINE ON MergeTree',
  'GRANT TABLE ENGINE ON ReplacingMergeTree',
  'GRANT SELECT ON system.*',
]

/** system.processes shows a user their own queries only, and is what KILL QUERY reads. */
const READER_GRANTS = ['GRANT SELECT ON circumspect*.*', 'GRANT SELECT ON system.processes']

/** Bytes: the ids of all the schools of England in one list, twice over. Counted before the login, so it is set for `default`. */
const LONGEST_PARAMETER = 2_500_000

/** The users, and what each may do and use. "readonly" 1 keeps the reader from changing any setting, these limits among them. */
function usersConfig(credentials: Credentials, limits: EngineLimits): string {
  const user = (name: string, login: string, profile: string, grants: readonly string[]) => `
    <${name}>
      ${login}<networks><ip>127.0.0.1</ip></networks><profile>${profile}</profile><quota>default</quota>
      <grants>${grants.map((grant) => `<query>${grant}</query>`).join('')}</grants>
    </${name}>`
  const password = (text: string) => `<password_sha256_hex>${createHash('sha256').update(text).digest('hex')}</password_sha256_hex>`
  return `<profiles>
    <default>
      <log_queries>0</log_queries>
      <http_max_field_value_size>${LONGEST_PARAMETER}</http_max_field_value_size>
    </default>
    <writing>
      <log_queries>0</log_queries>
      <async_insert>0</async_insert>
    </writing>
    <reading>
      <log_queries>0</log_queries>
      <max_execution_time>${limits.reportSeconds}</max_execution_time>
      <max_memory_usage>${limits.reportMemory}</max_memory_usage>
      <max_result_rows>${limits.reportRows}</max_result_rows>
      <output_format_json_quote_64bit_integers>1</output_format_json_quote_64bit_integers>
      <cancel_http_readonly_queries_on_client_close>1</cancel_http_readonly_queries_on_client_close>
      <readonly>1</readonly>
    </reading>
  </profiles>
  <quotas><default></default></quotas>
  <users>${user('default', '<password></password>', 'default', ['GRANT SYSTEM LISTEN ON *.*'])}${
    user('projector', password(credentials.projector), 'writing', PROJECTOR_GRANTS)}${
    user('reader', password(credentials.reader), 'reading', READER_GRANTS)}
  </users>`
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
