import { CLUSTER_NAME } from '@circumspect/views'
import { z } from 'zod'

export const settings = z.object({
  CIRCUMSPECT_KAFKA_BROKERS: z.string().regex(/^[^,\s]+:\d+(,[^,\s]+:\d+)*$/, 'not host:port, several parted by commas'),
  CIRCUMSPECT_KAFKA_TOPIC: z.string().regex(/^[\w.-]+$/, 'not a name: letters, digits, . _ -').default('circumspect-events'),
  CIRCUMSPECT_KAFKA_GROUP: z.string().min(1, 'empty').default('circumspect-views'),
  CIRCUMSPECT_CLICKHOUSE_URL: z.string().regex(/^https?:\/\//, 'not an address that begins with http:// or https://'),
  CIRCUMSPECT_CLICKHOUSE_USER: z.string().min(1, 'empty').default('projector'),
  CIRCUMSPECT_CLICKHOUSE_PASSWORD: z.string().min(1, 'empty'),
  CIRCUMSPECT_CLICKHOUSE_CLUSTER: z.string().regex(CLUSTER_NAME, 'not a name: a letter, then letters, digits, . _ -').optional(),
  CIRCUMSPECT_POSTGRES_URL: z.string().regex(/^postgres(ql)?:\/\//, 'not an address that begins with postgres://'),
  CIRCUMSPECT_HOST: z.string().default('127.0.0.1'),
  CIRCUMSPECT_PORT: z.coerce.number('not a number').int('not a whole number').min(0, 'below 0').max(65535, 'above 65535').default(7402),
})
export type Settings = z.infer<typeof settings>

export const PURPOSES: Readonly<Record<keyof Settings, string>> = {
  CIRCUMSPECT_KAFKA_BROKERS: 'where events come from: host:port of some Kafka brokers',
  CIRCUMSPECT_KAFKA_TOPIC: 'the topic they come from',
  CIRCUMSPECT_KAFKA_GROUP: 'the consumer group of all projectors of these views',
  CIRCUMSPECT_CLICKHOUSE_URL: 'where the views are: ClickHouse over HTTP',
  CIRCUMSPECT_CLICKHOUSE_USER: 'the user who may write them',
  CIRCUMSPECT_CLICKHOUSE_PASSWORD: 'the password of that user',
  CIRCUMSPECT_CLICKHOUSE_CLUSTER: 'the cluster the views are kept on, as remote_servers calls it; not given: one server',
  CIRCUMSPECT_POSTGRES_URL: 'where projectors agree who folds: PostgreSQL, with user and password',
  CIRCUMSPECT_HOST: 'the address that health and metrics are asked at',
  CIRCUMSPECT_PORT: 'the port of it, 0 to 65535',
}
