import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  /** The one folder that holds everything: history, vault, keys, views, audit log. */
  CIRCUMSPECT_DATA: z.string().min(1).default('data'),
  /** The port of the pages, on this computer only. */
  CIRCUMSPECT_PORT: z.coerce.number().int('a whole number').min(0).max(65535, 'at most 65535').default(7400),
  /** The vault's master key in base64, where it is not to lie beside the vault. */
  CIRCUMSPECT_MASTER_KEY: z.string().min(1).optional(),
})

const PURPOSE: Readonly<Record<string, string>> = {
  CIRCUMSPECT_DATA: 'the folder for all data',
  CIRCUMSPECT_PORT: 'the port of the pages, 0 to 65535',
  CIRCUMSPECT_MASTER_KEY: "the vault's master key, 32 bytes in base64",
}

export interface Config {
  readonly directory: string
  readonly port: number
  readonly masterKey: string | undefined
  /** The built pages and the built engine. */
  readonly web: string
  readonly engine: string
}

/** The configuration is not usable; the message lists everything that is wrong. */
export class ConfigError extends Error {}

/** Reads the configuration once. Options given on the command line go before the environment. */
export function readConfig(env: NodeJS.ProcessEnv, options: { data?: string | undefined; port?: string | undefined }): Config {
  const given = { ...env, ...(options.data !== undefined && { CIRCUMSPECT_DATA: options.data }), ...(options.port !== undefined && { CIRCUMSPECT_PORT: options.port }) }
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `  ${String(i.path[0])}: ${i.message} (it is ${PURPOSE[String(i.path[0])]})`)
    throw new ConfigError(`The configuration cannot be used:\n${lines.join('\n')}`)
  }
  const here = import.meta.dirname
  const web = resolve(here, '../web')
  if (!existsSync(web)) throw new ConfigError('The pages have not been built. Run: npm run build')
  return {
    directory: resolve(parsed.data.CIRCUMSPECT_DATA),
    port: parsed.data.CIRCUMSPECT_PORT,
    masterKey: parsed.data.CIRCUMSPECT_MASTER_KEY,
    web,
    engine: resolve(here, 'clickhouse-engine.js'),
  }
}
