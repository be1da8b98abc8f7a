import { libchdbPath } from 'chdb/libchdb'
import { DataType, load, open } from 'ffi-rs'

/** What a program that runs the engine is given: the folder, the HTTP port, the configuration file. */
export type EngineArguments = [directory: string, port: string, configFile: string]

/**
 * Runs the ClickHouse engine that npm brings in this process, listening on the loopback for what is named, and ends with it. `more` are
 * options of its command line. What it runs as, `default`, may do nothing but start the listeners. Ends with the channel to the process
 * that started this one, too.
 */
export async function runEngine([directory, port, configFile]: EngineArguments, listeners: readonly ('HTTP' | 'TCP')[], more: readonly string[] = []): Promise<never> {
  // A parent that is gone cannot stop us, and an engine left alone would hold the folder. SIGKILL, because nothing may delay it;
  // the engine keeps what it acknowledged through any end.
  const end = () => process.kill(process.pid, 'SIGKILL')
  process.on('disconnect', end)
  if (!process.connected) end()

  // The tail query keeps the call from returning, for 95 years.
  const keepListening =
    listeners.map((listener) => `SYSTEM START LISTEN ${listener}; `).join('') +
    'SELECT sleepEachRow(3) FROM numbers(1000000000) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 100000000000 FORMAT Null'
  const argv = [
    'clickhouse',
    `--path=${directory}`,
    `--http_port=${port}`,
    '--listen_host=127.0.0.1',
    // Only here does the level count: in the configuration file it is passed over, and everything would be logged.
    '--log-level=warning',
    `--config-file=${configFile}`,
    ...more,
    `--query=${keepListening}`,
  ]
  open({ library: 'chdb', path: libchdbPath() })
  await load({
    library: 'chdb',
    funcName: 'chdb_query_cmdline',
    retType: DataType.External,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [argv.length, argv],
    runInNewThread: true,
  })
  // The call only returns when the engine has ended.
  process.exit(1)
}
