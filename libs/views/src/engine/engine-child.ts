/**
 * Runs the ClickHouse engine that npm brings, as a server over HTTP, until told to stop. A program of its own, so that the
 * engine's memory, threads and crashes are not ours. Started by the supervisor in engine.ts only, because it ends with the
 * channel to it. Arguments: the folder, the HTTP port, the configuration file.
 */
import { runEngine, type EngineArguments } from './run-engine'

await runEngine(process.argv.slice(2) as EngineArguments, ['HTTP'])
