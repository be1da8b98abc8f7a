import { askForLink, type Leaving, type LinkOptions } from '@circumspect/dashboard'
import { relative, resolve } from 'node:path'
import type { Config } from '../config'
import { startService } from '../service'

type Say = (text: string) => void

export interface Welcome {
  readonly words: string
  /** Whom to print a link for besides, with what stands before each. */
  readonly others: readonly { readonly label: string; readonly link: LinkOptions }[]
  readonly open: (link: string) => void
  readonly leaving?: Leaving
}

const WELCOME: Welcome = { words: 'Circumspect is running, on this computer only.', others: [], open: () => undefined }

/** Starts the service and runs until told to stop. */
export async function start(config: Config, say: Say, { words, others, open, leaving }: Welcome = WELCOME): Promise<number> {
  const service = await startService(config, say, leaving)
  const { link } = await askForLink(service, {})
  const more: string[] = []
  for (const other of others) more.push(`  ${other.label}:\n  ${(await askForLink(service, other.link)).link}\n`)
  say(`
${words}

  Open this link in your browser (it works once; for another: npm run link${folderOption(config)}):
  ${link}
${more.map((one) => `\n${one}`).join('')}
  All data are in ${config.directory}: back up this folder, and keep master.key apart from the copy.
  First time here? Import a file (npm run import -- FILE --mapping MAPPING), or look at npm run demo.
  To stop: Ctrl+C. Starting again goes on where it was.
`)
  open(link)
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
