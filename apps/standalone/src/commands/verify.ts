import { tellVerification, verifySigned } from '@circumspect/ingest'
import type { Config } from '../config'
import { openHistory } from '../history'
import { runningService } from '../service-file'

const REMEDY = 'Keep this folder as it is, and restore the last good backup beside it.'

/** Checks that the history is whole and says which event does not fit, if one does not. */
export async function verifyCommand(config: Config, say: (text: string) => void): Promise<number> {
  if (await runningService(config.directory)) {
    say('The service is running on this folder. Stop it first: the history is checked as it lies on the disk.')
    return 1
  }
  const history = await openHistory(config, () => new Date())
  try {
    return tellVerification(await verifySigned(history.store, history.vault), REMEDY, say)
  } finally {
    await history.close()
  }
}
