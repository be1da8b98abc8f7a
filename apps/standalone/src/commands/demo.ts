import { MADE_UP } from '@circumspect/dashboard'
import { spawn } from 'node:child_process'
import type { Config } from '../config'
import { fillWithDemo } from '../demo/fill'
import { openHistory } from '../history'
import { TRUST } from '../demo/trust'
import { start, type Welcome } from './start'

/** Starts the service on a made-up trust, in a folder of its own; filled the first time. */
export async function demo(config: Config, say: (text: string) => void): Promise<number> {
  const history = await openHistory(config, () => new Date())
  if ((await history.store.head()) < 0) {
    say('Making up a trust of six schools with three years of cases …')
    await fillWithDemo(history, { progress: fifths(say) })
  }
  await history.close()
  const words = 'A demonstration of Circumspect is running, on this computer only. Every child and every case in it is made up.\n  The first link is the safeguarding lead’s; each of the others shows what somebody else sees (in a private window, or another browser).'
  return start(config, say, { words, others: OTHERS, open: openInBrowser, leaving: MADE_UP })
}

const SCHOOL = TRUST.find(({ key }) => key === 'north')!.name
/** Who else looks at figures, and sees less. */
const OTHERS: Welcome['others'] = [
  { label: `The headteacher of ${SCHOOL}`, link: { role: 'headteacher', school: [SCHOOL], name: 'Example headteacher (made up)' } },
  { label: `A governor of ${SCHOOL}`, link: { role: 'governor', school: [SCHOOL], name: 'Example governor (made up)' } },
  { label: 'A member of the trust’s board', link: { role: 'trust-board', name: 'Example board member (made up)' } },
]

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
