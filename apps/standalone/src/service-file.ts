import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const schema = z.object({ url: z.url(), token: z.string(), pid: z.number() })
export type RunningService = z.infer<typeof schema>

const file = (directory: string) => join(directory, 'service.json')

/** Tells the commands of this installation where the service runs, and lets them in. Only its owner may read it. */
export const announce = (directory: string, service: RunningService): void =>
  writeFileSync(file(directory), JSON.stringify(service), { mode: 0o600 })

export const withdraw = (directory: string): void => rmSync(file(directory), { force: true })

/** The service that runs on this data folder, if one does. */
export async function runningService(directory: string): Promise<RunningService | undefined> {
  if (!existsSync(file(directory))) return undefined
  try {
    const service = schema.parse(JSON.parse(readFileSync(file(directory), 'utf8')))
    const response = await fetch(`${service.url}/api/ready`, { headers: { Authorization: `Bearer ${service.token}` } })
    return response.status === 200 || response.status === 503 ? service : undefined
  } catch {
    return undefined
  }
}
