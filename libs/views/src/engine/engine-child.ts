/**
 * Runs the ClickHouse engine that npm brings, as a server over HTTP, until told to stop. A program of its own, so that the
 * engine's memory, threads and crashes are not ours. Arguments: the folder, the HTTP port, the TCP port, the configuration file.
 */
import { libchdbPath } from 'chdb/libchdb'
import { DataType, load, open } from 'ffi-rs'

const [directory, httpPort, tcpPort, configFile] = process.argv.slice(2)

// The tail query keeps the call from returning; what it runs as, `default`, may do nothing else.
const keepListening =
  'SYSTEM START LISTEN HTTP; SELECT sleepEachRow(3) FROM numbers(1000000) ' +
  'SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 100000000000 FORMAT Null'

const argv = [
  'clickhouse',
  `--path=${directory}`,
  `--http_port=${httpPort}`,
  `--tcp_port=${tcpPort}`,
  '--listen_host=127.0.0.1',
  `--config-file=${configFile}`,
  `--query=${keepListening}`,
]

// A parent that is gone cannot stop us; an engine left alone would hold the folder.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))

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
