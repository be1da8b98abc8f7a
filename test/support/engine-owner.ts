/** A program that owns an engine, to be killed by a test. Arguments: the folder, the engine's program. Says the engine's pid. */
import { startEngine } from '../../libs/views/src/engine/engine'

const [directory, childScript] = process.argv.slice(2) as [string, string]
const engine = await startEngine({ directory, childScript, log: () => undefined })
process.stdout.write(`${engine.pid()}\n`)
setInterval(() => undefined, 1000)
