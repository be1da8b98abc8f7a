import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  /** The one folder that holds everything: history, vault, keys, views, audit log. */
  CIRCUMSPECT_DATA: z.string().min(1, 'empty').default('data'),
  /** The port of the pages, on this computer only. */
  CIRCUMSPECT_PORT: z.coerce.number('not a number').int('not a whole number').min(0, 'below 0').max(65535, 'above 65535').default(7400),
  /** The vault's master key in base64, where it is not to lie beside the vault. */
  CIRCUMSPECT_MASTER_KEY: z
    .string()
    .refine((key) => Buffer.from(key.trim(), 'base64').length === 32, 'not 32 bytes')
    .optional(),
})

const PURPOSE: Readonly<Record<string, string>> = {
  CIRCUMSPECT_DATA: 'the folder for all data (or --data)',
  CIRCUMSPECT_PORT: 'the port of the pages, 0 to 65535 (or --port)',
  CIRCUMSPECT_MASTER_KEY: "the vault's master key, 32 bytes in base64",
}

export interface Config {
  readonly directory: string
  readonly port: number
  readonly masterKey: string | undefined
  /** The built pages, the built engine, and the thread that works findings out. */
  readonly web: string
  readonly engine: string
  readonly appraisals: string
}

/** The configuration is not usable; the message lists everything that is wrong. */
export class ConfigError extends Error {}

interface Options {
  readonly data?: string | undefined
  readonly port?: string | undefined
}

/**
 * Reads the configuration once. Options given on the command line go before the environment.
 * @param here the folder of the built program, beside which the pages are
 * @throws ConfigError
 */
export function readConfig(env: NodeJS.ProcessEnv, { data, port }: Options, here = import.meta.dirname): Config {
  const given = { ...env, ...(data !== undefined && { CIRCUMSPECT_DATA: data }), ...(port !== undefined && { CIRCUMSPECT_PORT: port }) }
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${String(path[0])}, ${PURPOSE[String(path[0])]}: ${message}`)
    throw new ConfigError(`The configuration cannot be used:\n${lines.join('\n')}`)
  }
  const web = resolve(here, '../web')
  if (!existsSync(web)) throw new ConfigError('The pages have not been built. Run: npm run build')
  return {
    directory: resolve(parsed.data.CIRCUMSPECT_DATA),
    port: parsed.data.CIRCUMSPECT_PORT,
    masterKey: parsed.data.CIRCUMSPECT_MASTER_KEY,
    web,
    engine: resolve(here, 'clickhouse-engine.js'),
    appraisals: resolve(here, 'appraisals.js'),
  }
}
