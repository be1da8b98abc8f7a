import type { Leaving } from '@circumspect/dashboard'
import { relative, resolve } from 'node:path'
import type { Config } from '../config'
import { startService } from '../service'

type Say = (text: string) => void

/** Starts the service and runs until told to stop. */
export async function start(
  config: Config,
  say: Say,
  welcome = 'Circumspect is running, on this computer only.',
  open?: (link: string) => void,
  leaving?: Leaving,
): Promise<number> {
  const service = await startService(config, say, leaving)
  say(`
${welcome}

  Open this link in your browser (it works once; for another: npm run link${folderOption(config)}):
  ${service.link()}

  All data are in ${config.directory}: back up this folder, and keep master.key apart from the copy.
  First time here? Import a file (npm run import -- FILE --mapping MAPPING), or look at npm run demo.
  To stop: Ctrl+C. Starting again goes on where it was.
`)
  open?.(service.link())
  await untilToldToStop()
  say('Stopping …')
  await service.stop()
  return 0
}

/** What the other commands need to find this folder. */
const folderOption = ({ directory }: Config) => (directory === resolve('data') ? '' : ` -- --data ${relative('.', directory)}`)

/** Until Ctrl+C, or whoever runs the service says so. */
const untilToldToStop = () =>
  new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
