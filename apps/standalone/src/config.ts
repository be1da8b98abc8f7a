import { ConfigError, readEnvironment } from '@circumspect/service'
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

const PURPOSE = {
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
  const settings = readEnvironment(schema, PURPOSE, given)
  const web = resolve(here, '../web')
  if (!existsSync(web)) throw new ConfigError('The pages have not been built. Run: npm run build')
  return {
    directory: resolve(settings.CIRCUMSPECT_DATA),
    port: settings.CIRCUMSPECT_PORT,
    masterKey: settings.CIRCUMSPECT_MASTER_KEY,
    web,
    engine: resolve(here, 'clickhouse-engine.js'),
    appraisals: resolve(here, 'appraisals.js'),
  }
}
