/**
 * The engine as a shard of a cluster: as engine-child.ts, with a port for other shards, which stands in the file `shard-port` of its
 * folder. Nobody but a test may have that port open: `default` has no password there.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runEngine } from '../../libs/views/src/engine/run-engine'

const [directory, port, configFile] = process.argv.slice(2) as [string, string, string]
const end = () => process.kill(process.pid, 'SIGKILL')
process.on('disconnect', end)
if (!process.connected) end()

const shardPort = readFileSync(join(dirname(configFile), 'shard-port'), 'utf8')
await runEngine(
  [`--path=${directory}`, `--http_port=${port}`, `--tcp_port=${shardPort}`, '--listen_host=127.0.0.1', '--log-level=warning', `--config-file=${configFile}`],
  ['HTTP', 'TCP'],
)
process.exit(1)
