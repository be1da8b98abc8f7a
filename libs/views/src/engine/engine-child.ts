/**
 * Runs the ClickHouse engine that npm brings, as a server over HTTP, until told to stop. A program of its own, so that the
 * engine's memory, threads and crashes are not ours. Started by the supervisor in engine.ts only, because it ends with the
 * channel to it. Arguments: the folder, the HTTP port, the configuration file.
 */
import { runEngine } from './run-engine'

const [directory, port, configFile] = process.argv.slice(2)

// A parent that is gone cannot stop us, and an engine left alone would hold the folder. SIGKILL, because nothing may delay it;
// the engine keeps what it acknowledged through any end.
const end = () => process.kill(process.pid, 'SIGKILL')
process.on('disconnect', end)
if (!process.connected) end()

await runEngine(
  [
    `--path=${directory}`,
    `--http_port=${port}`,
    '--listen_host=127.0.0.1',
    // Only here does the level count: in the configuration file it is passed over, and everything would be logged.
    '--log-level=warning',
    `--config-file=${configFile}`,
  ],
  ['HTTP'],
)
// The call only returns when the engine has ended.
process.exit(1)
