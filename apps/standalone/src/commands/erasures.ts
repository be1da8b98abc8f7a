import { replayErasuresFrom, writeErasures } from '@circumspect/ingest'
import { SqliteVault } from '@circumspect/identity'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config'
import { openHistory } from '../history'
import { runningService } from '../service-file'

type Say = (text: string) => void

/** Writes down which children have been erased; the service may run. */
export async function erasuresCommand({ directory, masterKey }: Config, to: string | undefined, say: Say, out: Say): Promise<number> {
  const file = join(directory, 'vault.db')
  if (!existsSync(file)) {
    say(`There is no vault.db in ${directory}. Say which folder: npm run erasures -- --data FOLDER`)
    return 1
  }
  const vault = new SqliteVault(file, masterKey)
  try {
    return await writeErasures(vault, to, say, out)
  } finally {
    await vault.close()
  }
}

/** Repeats erasures in a folder that was restored from a backup made before them. */
export async function replayErasuresCommand(config: Config, file: string | undefined, say: Say): Promise<number> {
  if (await runningService(config.directory)) {
    say('The service is running on this folder. Stop it first.')
    return 1
  }
  const history = await openHistory(config, () => new Date())
  try {
    return await replayErasuresFrom(file, history, say)
  } finally {
    await history.close()
  }
}
