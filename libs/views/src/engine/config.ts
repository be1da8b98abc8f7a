import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Passwords of the two users that may log in. */
export interface Credentials {
  readonly projector: string
  readonly reader: string
}

/** The passwords of this folder, made at its first start and kept in a file that only its owner may read. */
export function credentialsIn(directory: string): Credentials {
  const file = join(directory, 'passwords.json')
  if (!existsSync(file)) {
    const make = () => randomBytes(24).toString('base64url')
    writeFileSync(file, JSON.stringify({ projector: make(), reader: make() }), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Credentials
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export interface EngineLimits {
  /** All of the engine together, bytes. */
  readonly serverMemory: number
  /** One report, bytes. */
  readonly reportMemory: number
  /** One report, seconds. */
  readonly reportSeconds: number
}

export const DEFAULT_LIMITS: EngineLimits = { serverMemory: 1_500_000_000, reportMemory: 1_000_000_000, reportSeconds: 30 }

/**
 * The engine's configuration. Loopback only; `default`, which has no password because the engine starts as it, may do nothing but
 * keep the listener up; the reader may only read, within limits; no log keeps the text of a query.
 */
export function engineConfig(directory: string, credentials: Credentials, limits: EngineLimits): string {
  const user = (name: string, profile: string, grants: string[]) => `
    <${name}>
      <password_sha256_hex>${sha256(name === 'reader' ? credentials.reader : credentials.projector)}</password_sha256_hex>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>${profile}</profile>
      <quota>default</quota>
      <grants>${grants.map((g) => `<query>${g}</query>`).join('')}</grants>
    </${name}>`
  return `<clickhouse>
  <logger><level>warning</level><log>${join(directory, 'engine.log')}</log><size>10M</size><count>2</count><console>0</console></logger>
  <listen_host>127.0.0.1</listen_host>
  <send_crash_reports><enabled>false</enabled></send_crash_reports>
  <max_server_memory_usage>${limits.serverMemory}</max_server_memory_usage>
  <mark_cache_size>67108864</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <users_config>${join(directory, 'engine.xml')}</users_config>
  <merge_tree>
    <fsync_after_insert>1</fsync_after_insert>
    <fsync_part_directory>1</fsync_part_directory>
    <number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation>
    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
  </merge_tree>
  <profiles>
    <default><log_queries>0</log_queries></default>
    <writing><log_queries>0</log_queries></writing>
    <reading>
      <readonly>2</readonly>
      <log_queries>0</log_queries>
      <max_execution_time>${limits.reportSeconds}</max_execution_time>
      <max_memory_usage>${limits.reportMemory}</max_memory_usage>
      <max_result_rows>1000000</max_result_rows>
      <allow_ddl>0</allow_ddl>
      <constraints>
        <max_execution_time><readonly/></max_execution_time>
        <max_memory_usage><readonly/></max_memory_usage>
        <max_result_rows><readonly/></max_result_rows>
        <allow_ddl><readonly/></allow_ddl>
        <log_queries><readonly/></log_queries>
      </constraints>
    </reading>
  </profiles>
  <quotas><default></default></quotas>
  <users>
    <default>
      <password></password>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants><query>GRANT SYSTEM LISTEN ON *.*</query></grants>
    </default>${user('projector', 'writing', ['GRANT ALL ON circumspect.*', 'GRANT ALL ON circumspect_rebuild.*', 'GRANT TABLE ENGINE ON *', 'GRANT SELECT ON system.*', 'GRANT KILL QUERY ON *.*'])}${user('reader', 'reading', ['GRANT SELECT ON circumspect.*'])}
  </users>
</clickhouse>
`
}
