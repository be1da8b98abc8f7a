import { MADE_UP } from '@circumspect/dashboard'
import { spawn } from 'node:child_process'
import type { Config } from '../config'
import { fillWithDemo } from '../demo/fill'
import { openHistory } from '../history'
import { start } from './start'

/** Starts the service on a made-up trust, in a folder of its own; filled the first time. */
export async function demo(config: Config, say: (text: string) => void): Promise<number> {
  const history = await openHistory(config, () => new Date())
  if ((await history.store.head()) < 0) {
    say('Making up a trust of six schools with three years of cases …')
    await fillWithDemo(history, { progress: fifths(say) })
  }
  await history.close()
  return start(
    config,
    say,
    'A demonstration of Circumspect is running, on this computer only. Every child and every case in it is made up.',
    openInBrowser,
    MADE_UP,
  )
}

/** Says it at every fifth of the way. */
function fifths(say: (text: string) => void): (recorded: number, of: number) => void {
  let said = 0
  return (recorded, of) => {
    const fifth = Math.floor((recorded * 5) / of)
    if (fifth > said) say(`  ${fifth * 20} %`)
    said = Math.max(said, fifth)
  }
}

/** Opens the page where there is a browser to open it; where there is none, the link stands on the screen. */
function openInBrowser(link: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  const child = spawn(opener, [link], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
