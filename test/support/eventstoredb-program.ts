import { EventStoreDbEventStore } from '../../libs/event-store/src/eventstoredb/eventstoredb-event-store'
import { NO_STREAM } from '@circumspect/event-store'
import { newEvents, newStream } from './events'

// Appends, reads and follows as a process of its own, closes, and then has nothing more to do: it has to end by itself.
const store = new EventStoreDbEventStore({ connectionString: process.argv[2]! })
const from = (await store.head()) + 1
let seen: (positions: readonly number[]) => void = () => undefined
const arrived = new Promise<readonly number[]>((resolve) => (seen = resolve))
store.subscribe(from, async (events) => seen(events.map((e) => e.position)), (error) => process.stdout.write(`failed ${String(error)}\n`))
await store.append(newStream(), newEvents(2), NO_STREAM)
process.stdout.write(`saw ${JSON.stringify((await arrived)[0])}\n`)
await store.close()
process.stdout.write('closed\n')
process.disconnect()
