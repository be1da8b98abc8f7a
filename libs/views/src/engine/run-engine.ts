import { libchdbPath } from 'chdb/libchdb'
import { DataType, load, open } from 'ffi-rs'

/**
 * Runs the ClickHouse engine that npm brings in this process, listening for what is named, until it ends: it returns only then.
 * `options` are those of its command line. What it runs as, `default`, may do nothing but start the listeners.
 */
export async function runEngine(options: readonly string[], listeners: readonly ('HTTP' | 'TCP')[]): Promise<void> {
  // The tail query keeps the call from returning, for 95 years.
  const keepListening =
    listeners.map((listener) => `SYSTEM START LISTEN ${listener}; `).join('') +
    'SELECT sleepEachRow(3) FROM numbers(1000000000) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 100000000000 FORMAT Null'
  const argv = ['clickhouse', ...options, `--query=${keepListening}`]
  open({ library: 'chdb', path: libchdbPath() })
  await load({
    library: 'chdb',
    funcName: 'chdb_query_cmdline',
    retType: DataType.External,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [argv.length, argv],
    runInNewThread: true,
  })
}
