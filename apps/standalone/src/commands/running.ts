import { askForLink, askForPeople, removePerson, type LinkOptions } from '@circumspect/dashboard'
import type { Config } from '../config'
import { runningService, type RunningService } from '../service-file'

type Say = (text: string) => void

/** Prints a new link to the running service: for whoever runs it, or for the person the options tell of. */
export async function link({ directory }: Config, options: LinkOptions, say: Say): Promise<number> {
  return withService(directory, say, async (service) => {
    const { link: url, forWhom } = await askForLink(service, options)
    if (Object.values(options).some((given) => given !== undefined)) say(`For ${forWhom}; it works once:`)
    say(url)
  })
}

/** Lists who may be let in, or takes somebody away. */
export async function accounts({ directory }: Config, remove: string | undefined, say: Say): Promise<number> {
  return withService(directory, say, async (service) => {
    if (remove !== undefined) {
      await removePerson(service, remove)
      return say('Removed, and shut out. What was recorded stays.')
    }
    const people = await askForPeople(service)
    for (const line of people.length === 0 ? ['Nobody but you: npm run link -- --role governor --school NAME lets somebody in.'] : people) say(line)
  })
}

/** Has the running service build its views anew from the history. */
export async function rebuild({ directory }: Config, say: Say): Promise<number> {
  return withService(directory, say, async (service) => {
    say('Building the views anew; they can be read meanwhile …')
    const response = await fetch(`${service.url}/api/rebuild`, { method: 'POST', headers: { Authorization: `Bearer ${service.token}` } })
    if (!response.ok) throw new Error('It did not succeed; the views are as they were. Look at what the service says.')
    say('Done.')
  })
}

/** 0 where it went well, 1 where none is running or it did not, which is said. */
async function withService(directory: string, say: Say, use: (service: RunningService) => Promise<void>): Promise<number> {
  const service = await runningService(directory)
  if (!service) {
    say(`No service is running on ${directory}. Start it: npm start`)
    return 1
  }
  await use(service)
  return 0
}
