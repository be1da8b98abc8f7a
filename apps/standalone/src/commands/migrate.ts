import { SqliteAuditLog } from '@circumspect/access'
import { STORE_PURPOSES, storeSettings, tellVerification, verifySigned } from '@circumspect/ingest'
import { readEnvironment } from '@circumspect/service'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config'
import { openHistory } from '../history'
import { migrate } from '../migrate/migrate'
import { openTarget } from '../migrate/target'
import { runningService } from '../service-file'

type Say = (text: string) => void

/**
 * Takes a data folder over to where the services keep theirs: EventStoreDB and PostgreSQL. Ends with 0 where all of it is there, with 3
 * where the history of the folder is not whole, with 1 where something else was in the way.
 */
export async function migrateCommand(config: Config, say: Say): Promise<number> {
  const settings = readEnvironment(storeSettings, STORE_PURPOSES, process.env)
  const missing = ['history.db', 'vault.db'].find((file) => !existsSync(join(config.directory, file)))
  if (missing !== undefined) {
    say(`There is no ${missing} in ${config.directory}. Say which folder: npm run migrate -- --data FOLDER`)
    return 1
  }
  if (await runningService(config.directory)) {
    say('The service is running on this folder. Stop it first, and do not start it on this folder again: what is recorded here later is not there.')
    return 1
  }
  const history = await openHistory(config, () => new Date())
  try {
    const whole = await verifySigned(history.store, history.vault)
    const code = tellVerification(whole, 'Nothing has been taken over. Restore the last good backup, and migrate that.', say)
    if (!whole.ok) return code
    await history.sign()
    const target = await openTarget(settings)
    try {
      const { events, audit, before } = await migrate({ ...history, audit: await auditOf(config), whole }, target, say)
      say(before ? `All of this folder is there: it was taken over before. Nothing has been done.` : `Done: ${events} events, the vault and ${audit} audit entries are there, as they are here. Start the services; keep this folder as a backup, and its master key apart.`)
      return 0
    } finally {
      await target.close()
    }
  } finally {
    await history.close()
  }
}

async function auditOf({ directory }: Config) {
  const log = new SqliteAuditLog(join(directory, 'audit.db'))
  const entries = await log.entries()
  await log.close()
  return entries
}
