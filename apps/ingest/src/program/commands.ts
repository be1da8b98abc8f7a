import { EventStoreDbEventStore } from '@circumspect/event-store'
import { PostgresVault } from '@circumspect/identity'
import { readEnvironment } from '@circumspect/service'
import { parseArgs } from 'node:util'
import { replayErasuresFrom, writeErasures } from '../history/erasures'
import { tellVerification, verifySigned } from '../history/verify'
import { PURPOSES, storeSettings } from './config'

const USAGE = `Usage: node ingest.js                           the service
       node ingest.js verify                    check that the history is whole
       node ingest.js erasures [--to FILE]      write down which children have been erased
       node ingest.js replay-erasures FILE      repeat those erasures in a vault restored from a backup (- for stdin)
`
const REMEDY = 'Record nothing more, keep EventStoreDB as it is, and restore the last good backup beside it.'

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const out = (text: string): void => void process.stdout.write(text)

interface Stores {
  readonly store: EventStoreDbEventStore
  readonly vault: PostgresVault
}

/** What an operator does beside the running services, on the same stores. Gives the exit code. */
export async function runCommand(command: string, args: string[]): Promise<number> {
  const work = COMMANDS[command]
  try {
    if (work) return await withStores((stores) => work(stores, args))
    say(USAGE)
    return 2
  } catch (error) {
    // What people can act on has a sentence of its own; a stack says nothing to them.
    say(error instanceof Error ? error.message : String(error))
    return 1
  }
}

const COMMANDS: Readonly<Record<string, (stores: Stores, args: string[]) => Promise<number>>> = {
  verify: async ({ store, vault }) => tellVerification(await verifySigned(store, vault), REMEDY, say),
  erasures: ({ vault }, args) => writeErasures(vault, parseArgs({ args, options: { to: { type: 'string' } } }).values.to, say, out),
  'replay-erasures': (stores, [file]) => replayErasuresFrom(file, stores, say),
}

async function withStores<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
  const config = readEnvironment(storeSettings, PURPOSES, process.env)
  const vault = await PostgresVault.open({ url: config.CIRCUMSPECT_POSTGRES_URL }, config.CIRCUMSPECT_MASTER_KEY)
  const store = new EventStoreDbEventStore({ connectionString: config.CIRCUMSPECT_EVENTSTORE_URL })
  try {
    return await work({ store, vault })
  } finally {
    await store.close()
    await vault.close()
  }
}
