import type { Config } from '../config'
import { openHistory, verify } from '../history'
import { runningService } from '../service-file'

/** Checks that the history is whole and says which event does not fit, if one does not. */
export async function verifyCommand(config: Config, say: (text: string) => void): Promise<number> {
  if (await runningService(config.directory)) {
    say('The service is running on this folder. Stop it first: the history is checked as it lies on the disk.')
    return 1
  }
  const history = await openHistory(config, () => new Date())
  try {
    const result = await verify(history.store, history.vault)
    if (result.ok) {
      say(`The history is whole: ${result.size} events, root ${result.root.toString('hex')}.`)
      return 0
    }
    const where =
      result.position === result.until ? `Position ${result.position}` : `Between positions ${result.position} and ${result.until}`
    say(`The history is NOT whole. ${where}: ${result.why}\nKeep this folder as it is, and restore the last good backup beside it.`)
    return 3
  } finally {
    await history.close()
  }
}
