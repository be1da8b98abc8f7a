/**
 * A consumer that stops dead (its whole process) with its first events in hand, for longer than its session lasts, and then goes on.
 * Arguments: broker, topic, group, session in milliseconds, for how many milliseconds. Says `blocked <partition>`, then for each batch
 * `took <partition> <up to> <JSON of its events>`.
 */
import { connectKafka, KafkaFeed, type FeedBatch } from '@circumspect/feed'

const [broker, topic, group, session, dead] = process.argv.slice(2) as [string, string, string, string, string]
process.once('disconnect', () => process.exit())
const kafka = connectKafka({ brokers: [broker], clientId: 'consumer' })
const feed = new KafkaFeed({ kafka, topic, group, sessionTimeout: Number(session) })
let blocked = false

const take = async ({ partition, events, upTo }: FeedBatch): Promise<void> => {
  if (events.length > 0 && !blocked) {
    blocked = true
    await new Promise<void>((written) => process.stdout.write(`blocked ${partition}\n`, () => written()))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(dead))
  }
  process.stdout.write(`took ${partition} ${upTo} ${JSON.stringify(events)}\n`)
}
const failed = (error: unknown) => {
  process.stderr.write(String(error))
  process.exit(1)
}
await feed.subscribe(new Map(), take, failed).catch(failed)
process.stdout.write('following\n')
