import { z } from 'zod'

export const settings = z.object({
  CIRCUMSPECT_EVENTSTORE_URL: z.string().regex(/^esdb(\+discover)?:\/\//, 'not an address that begins with esdb://'),
  CIRCUMSPECT_POSTGRES_URL: z.string().regex(/^postgres(ql)?:\/\//, 'not an address that begins with postgres://'),
  CIRCUMSPECT_MASTER_KEY: z.string().refine((key) => Buffer.from(key.trim(), 'base64').length === 32, 'not 32 bytes in base64'),
  CIRCUMSPECT_CLICKHOUSE_URL: z.string().regex(/^https?:\/\//, 'not an address that begins with http:// or https://'),
  CIRCUMSPECT_CLICKHOUSE_USER: z.string().min(1, 'empty').default('reader'),
  CIRCUMSPECT_CLICKHOUSE_PASSWORD: z.string().min(1, 'empty'),
  CIRCUMSPECT_INGEST_URL: z.url({ protocol: /^https?$/, error: 'not an address that begins with http:// or https://' }),
  CIRCUMSPECT_INGEST_TOKEN: z.string().min(32, 'shorter than 32 characters'),
  CIRCUMSPECT_ADDRESS: z.url({ protocol: /^https?$/, error: 'not an address that begins with http:// or https://' }).optional(),
  CIRCUMSPECT_LINK_TOKEN: z.string().regex(/^[\w-]{32,}$/, 'not 32 or more letters, digits, - and _'),
  CIRCUMSPECT_HOST: z.string().default('127.0.0.1'),
  CIRCUMSPECT_PORT: z.coerce.number('not a number').int('not a whole number').min(0, 'below 0').max(65535, 'above 65535').default(7400),
})
export type Settings = z.infer<typeof settings>

export const PURPOSES: Readonly<Record<keyof Settings, string>> = {
  CIRCUMSPECT_EVENTSTORE_URL: 'where the history is: EventStoreDB, with user and password',
  CIRCUMSPECT_POSTGRES_URL: 'where vault and audit log are: PostgreSQL, with user and password',
  CIRCUMSPECT_MASTER_KEY: "the vault's master key, 32 bytes in base64",
  CIRCUMSPECT_CLICKHOUSE_URL: 'where the views are: ClickHouse over HTTP',
  CIRCUMSPECT_CLICKHOUSE_USER: 'the user who may read them',
  CIRCUMSPECT_CLICKHOUSE_PASSWORD: 'the password of that user',
  CIRCUMSPECT_INGEST_URL: 'where ingest listens',
  CIRCUMSPECT_INGEST_TOKEN: 'the secret by which ingest lets the dashboard in',
  CIRCUMSPECT_ADDRESS: "the address that people open, where it is not this computer's",
  CIRCUMSPECT_LINK_TOKEN: 'the secret by which the command to give links is let in',
  CIRCUMSPECT_HOST: 'the address it listens on',
  CIRCUMSPECT_PORT: 'the port it listens on, 0 to 65535',
}
