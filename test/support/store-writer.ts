/**
 * A program that appends without end, to be killed by a test. Arguments: the file, the private key (PKCS 8, base64). Says `open`, then
 * `ack <revision> <ids>` for every append that is acknowledged, and now and then `note <base64>`: a checkpoint it signed.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { NO_STREAM } from '../../libs/event-store/src/event-store'
import { SqliteEventStore } from '../../libs/event-store/src/sqlite/sqlite-event-store'
import { newEvent, newStream } from './events'

const WRITERS = 6
const [file, key] = process.argv.slice(2) as [string, string]
const privateKey = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })
const say = (line: string) => process.stdout.write(`${line}\n`)

process.once('disconnect', () => process.exit())
const store = new SqliteEventStore(file)
say('open')

/** Appends batches of one to three; each event says which of how many of its batch it is. */
async function write(): Promise<never> {
  for (;;) {
    const stream = newStream()
    let revision = NO_STREAM
    for (let batch = 0; batch < 20; batch++) {
      const size = 1 + (batch % 3)
      const events = Array.from({ length: size }, (_, i) => newEvent({ data: { batch, number: i, of: size } }))
      revision = (await store.append(stream, events, revision)).revision
      say(`ack ${revision} ${events.map((e) => e.id).join(' ')}`)
    }
  }
}

async function sign(): Promise<never> {
  for (;;) {
    const { note } = await store.checkpoint({ privateKey, publicKey: createPublicKey(privateKey) })
    say(`note ${Buffer.from(note).toString('base64')}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

await Promise.all([...Array.from({ length: WRITERS }, write), sign()])
