/**
 * The engine as a shard of a cluster: as engine-child.ts, with a port for other shards, which stands in the file `shard-port` of its
 * folder. Nobody but a test may have that port open: `default` has no password there.
 */
import { closeSync, constants, openSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isatty } from 'node:tty'
import { runEngine, type EngineArguments } from '../../libs/views/src/engine/run-engine'

const given = process.argv.slice(2) as EngineArguments

// A shard whose question needs no more of another's answer resets the connection. A server writes that into its log and goes on; this
// engine ends by it (std::terminate), unless it takes itself to be run by a person: with a terminal to read from, and told so.
closeSync(0)
if (openSync('/dev/ptmx', constants.O_RDWR | constants.O_NOCTTY) !== 0 || !isatty(0)) throw new Error('A shard needs a terminal to read from, and this machine gives none.')
const BY_A_PERSON = ['--interactive', '--progress=off', '--disable_suggestion']

const shardPort = readFileSync(join(dirname(given[2]), 'shard-port'), 'utf8')
await runEngine(given, ['HTTP', 'TCP'], [`--tcp_port=${shardPort}`, ...BY_A_PERSON])
