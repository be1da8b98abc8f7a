import { Kafka, logLevel, type KafkaConfig } from 'kafkajs'

export interface KafkaOptions extends Pick<KafkaConfig, 'ssl' | 'sasl'> {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[]
  /** Named in the brokers' logs. */
  readonly clientId: string
  readonly log?: (message: string) => void
}

/**
 * A connection to Kafka that waits out a broker's restart: it tries again for about 30 seconds before it gives up. Its log says what
 * went wrong and nothing of what is carried.
 */
export function connectKafka({ brokers, clientId, ssl, sasl, log = () => undefined }: KafkaOptions): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl !== undefined && { ssl }),
    ...(sasl !== undefined && { sasl }),
    connectionTimeout: 3000,
    retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 12 },
    logLevel: logLevel.ERROR,
    logCreator: () => (entry) => log(`Kafka: ${entry.namespace}: ${entry.log.message}`),
  })
}
