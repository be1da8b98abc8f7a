import type { Config } from '../config'
import { runningService } from '../service-file'

/** Prints a new link to the running service. */
export async function link({ directory }: Config, say: (text: string) => void): Promise<number> {
  const service = await runningService(directory)
  if (!service) {
    say(`No service is running on ${directory}. Start it: npm start`)
    return 1
  }
  const response = await fetch(`${service.url}/api/links`, { method: 'POST', headers: { Authorization: `Bearer ${service.token}` } })
  const { link: url } = (await response.json()) as { link: string }
  say(url)
  return 0
}

/** Has the running service build its views anew from the history. */
export async function rebuild({ directory }: Config, say: (text: string) => void): Promise<number> {
  const service = await runningService(directory)
  if (!service) {
    say(`No service is running on ${directory}. Start it: npm start`)
    return 1
  }
  say('Building the views anew; they can be read meanwhile …')
  const response = await fetch(`${service.url}/api/rebuild`, { method: 'POST', headers: { Authorization: `Bearer ${service.token}` } })
  say(response.ok ? 'Done.' : 'It did not succeed; the views are as they were. Look at what the service says.')
  return response.ok ? 0 : 1
}
