/**
 * A relay that is killed (SIGKILL, by itself) after the brokers have acknowledged a request and before its checkpoint says so.
 * Arguments: broker, partitions, topic, folder of the history, at which request, and how many events a request has.
 */
import { inPortions } from './in-portions'
import { openKafkaPath } from './kafka-feed'

const [broker, partitions, topic, directory, at, size] = process.argv.slice(2) as [string, string, string, string, string, string]
process.once('disconnect', () => process.exit())
const path = openKafkaPath({ broker, partitions: Number(partitions), topic, directory })
let requests = 0
const checkpoints: typeof path.shared.checkpoints = Object.create(path.shared.checkpoints) as never
checkpoints.write = (...args) => {
  if (++requests === Number(at)) process.kill(process.pid, 'SIGKILL')
  return path.shared.checkpoints.write(...args)
}
path.relay({ checkpoints, source: inPortions(path.store, Number(size)), leaseFor: 1000 })
