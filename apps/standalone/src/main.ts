import 'reflect-metadata'
import { linkOptions } from '@circumspect/dashboard'
import { parseArgs } from 'node:util'
import { demo } from './commands/demo'
import { erasuresCommand, replayErasuresCommand } from './commands/erasures'
import { importCommand } from './commands/import'
import { migrateCommand } from './commands/migrate'
import { accounts, link, rebuild } from './commands/running'
import { start } from './commands/start'
import { verifyCommand } from './commands/verify'
import { readConfig } from './config'

const USAGE = `Usage:
  npm start                                   start the service
  npm run demo                                start it with a made-up school, in a folder of its own
  npm run import -- FILE --mapping MAPPING    import a CSV file   [--preview: only say what it would do]
  npm run link                                a new link to the running service, for the safeguarding lead
  npm run link -- --role ROLE --school SCHOOL [--name WHO]    a link for somebody else: dsl, headteacher, governor or trust-board
  npm run link -- --account ID                a new link for somebody who had one
  npm run accounts                            who may be let in   [-- --remove ID: take somebody away]
  npm run rebuild                             build the views anew from the history
  npm run verify                              check that the history is whole
  npm run erasures [-- --to FILE]             write down which children have been erased
  npm run replay-erasures -- FILE             repeat those erasures in a folder restored from a backup
  npm run migrate                             take the folder over to EventStoreDB and PostgreSQL
Options: --data FOLDER, --port PORT (after --)
`

/** A line for the person at the terminal. */
const say = (text: string): void => void process.stderr.write(`${text}\n`)

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      mapping: { type: 'string' },
      preview: { type: 'boolean' },
      remove: { type: 'string' },
      ...linkOptions,
      to: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const [command = 'help', ...rest] = positionals
  const config = () => readConfig(process.env, { data: values.data ?? (command === 'demo' && !process.env.CIRCUMSPECT_DATA ? 'data/demo' : undefined), port: values.port })
  switch (values.help ? 'help' : command) {
    case 'start':
      return start(config(), say)
    case 'demo':
      return demo(config(), say)
    case 'import':
      return importCommand(config(), { file: rest[0], mapping: values.mapping, preview: values.preview ?? false }, say)
    case 'link':
      return link(config(), { role: values.role, school: values.school, name: values.name, account: values.account }, say)
    case 'accounts':
      return accounts(config(), values.remove, say)
    case 'rebuild':
      return rebuild(config(), say)
    case 'erasures':
      return erasuresCommand(config(), values.to, say, (text) => void process.stdout.write(text))
    case 'replay-erasures':
      return replayErasuresCommand(config(), rest[0], say)
    case 'migrate':
      return migrateCommand(config(), say)
    case 'verify':
      return verifyCommand(config(), say)
    default:
      say(USAGE)
      return command === 'help' ? 0 : 2
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    // What people can act on has a sentence of its own; a stack says nothing to them.
    say(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
