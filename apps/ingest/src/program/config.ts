import { z } from 'zod'

const port = z.coerce.number('not a number').int('not a whole number').min(0, 'below 0').max(65535, 'above 65535')
const counted = z.coerce.number('not a number').int('not a whole number').min(1, 'below 1')

export const settings = z.object({
  CIRCUMSPECT_EVENTSTORE_URL: z.string().regex(/^esdb(\+discover)?:\/\//, 'not an address that begins with esdb://'),
  CIRCUMSPECT_POSTGRES_URL: z.string().regex(/^postgres(ql)?:\/\//, 'not an address that begins with postgres://'),
  CIRCUMSPECT_MASTER_KEY: z.string().refine((key) => Buffer.from(key.trim(), 'base64').length === 32, 'not 32 bytes in base64'),
  CIRCUMSPECT_KAFKA_BROKERS: z.string().regex(/^[^,\s]+:\d+(,[^,\s]+:\d+)*$/, 'not host:port, several parted by commas'),
  CIRCUMSPECT_KAFKA_TOPIC: z.string().regex(/^[\w.-]+$/, 'not a name: letters, digits, . _ -').default('circumspect-events'),
  CIRCUMSPECT_KAFKA_PARTITIONS: counted.default(6),
  CIRCUMSPECT_KAFKA_REPLICAS: counted.default(1),
  CIRCUMSPECT_INGEST_TOKEN: z.string().min(32, 'shorter than 32 characters'),
  CIRCUMSPECT_HOST: z.string().default('127.0.0.1'),
  CIRCUMSPECT_PORT: port.default(7401),
})
export type Settings = z.infer<typeof settings>

/** What the commands need that only ask the stores. */
export const storeSettings = settings.pick({ CIRCUMSPECT_EVENTSTORE_URL: true, CIRCUMSPECT_POSTGRES_URL: true, CIRCUMSPECT_MASTER_KEY: true })

export const PURPOSES: Readonly<Record<keyof Settings, string>> = {
  CIRCUMSPECT_EVENTSTORE_URL: 'where the history is: EventStoreDB, with user and password',
  CIRCUMSPECT_POSTGRES_URL: 'where the vault is: PostgreSQL, with user and password',
  CIRCUMSPECT_MASTER_KEY: "the vault's master key, 32 bytes in base64",
  CIRCUMSPECT_KAFKA_BROKERS: 'where events go: host:port of some Kafka brokers',
  CIRCUMSPECT_KAFKA_TOPIC: 'the topic they go to',
  CIRCUMSPECT_KAFKA_PARTITIONS: 'how many partitions it has, for ever',
  CIRCUMSPECT_KAFKA_REPLICAS: 'how many brokers keep a copy of each',
  CIRCUMSPECT_INGEST_TOKEN: 'the secret by which the dashboard and importers are let in',
  CIRCUMSPECT_HOST: 'the address it listens on',
  CIRCUMSPECT_PORT: 'the port it listens on, 0 to 65535',
}
