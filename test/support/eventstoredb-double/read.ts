import type { ServerWritableStream } from '@grpc/grpc-js'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb'
import { randomUUID } from 'node:crypto'
import type { Log, LogRecord } from './log'
import { caughtUp, checkpoint, confirmation, eventMessage, nameOf, streamNotFound, streams } from './messages'
import type { Trouble } from './trouble'

type Call = ServerWritableStream<ReadReq, ReadResp>
type Options = ReadReq.Options
type Fits = (record: LogRecord) => boolean

/** So many records are looked through for a filter, unless asked otherwise, before the subscriber is told how far that went. */
const WINDOW = 32

/** The call `Read`: of a stream or of $all, once or for ever. */
export const read =
  (log: Log, trouble: Trouble) =>
  (call: Call): void => {
    call.on('error', () => undefined)
    const failure = trouble.failure('read')
    if (failure === 'silence') return
    if (failure) return void call.emit('error', failure)
    const options = call.request.getOptions()!
    const work = options.hasSubscription() ? follow(call, log, options) : once(call, log, options)
    work.catch((error: unknown) => call.emit('error', error))
  }

async function once(call: Call, log: Log, options: Options): Promise<void> {
  const name = nameOf(options.getStream()?.getStreamIdentifier())
  if (options.hasStream() && log.stream(name).length === 0) await send(call, streamNotFound(name))
  else for (const record of chosen(log, options, name)) await send(call, eventMessage(record))
  call.end()
}

/** In either direction; reading by position begins with the record at it. */
function chosen(log: Log, options: Options, name: string): LogRecord[] {
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS
  const records = options.hasStream() ? log.stream(name) : log.records
  const from = startOf(log, options, backwards, records.length)
  const all = backwards ? records.slice(0, from).reverse() : records.slice(from)
  const fits = filterOf(options)
  return all.filter(fits).slice(0, Math.min(Number(options.getCount()), all.length))
}

/** The index of the first record to read; backwards, of the one behind it. */
function startOf(log: Log, options: Options, backwards: boolean, length: number): number {
  const [stream, all] = [options.getStream(), options.getAll()]
  if (stream?.hasStart() || all?.hasStart()) return 0
  if (stream?.hasEnd() || all?.hasEnd()) return length
  if (stream) return Math.min(Number(stream.getRevision()) + (backwards ? 1 : 0), length)
  const position = all!.getPosition()!
  return log.indexOf(BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition()), false)
}

/** A catch-up subscription to $all: what is there behind the position, then what comes. */
async function follow(call: Call, log: Log, options: Options): Promise<void> {
  if (!options.hasAll()) throw new Error('The double knows subscriptions to $all only.')
  const [fits, all, filter] = [filterOf(options), options.getAll()!, options.getFilter()]
  const position = all.getPosition()
  let next = position ? log.indexOf(BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition()), true) : all.hasEnd() ? log.records.length : 0
  const window = filter ? (filter.hasMax() ? filter.getMax() : WINDOW) * filter.getCheckpointintervalmultiplier() : Infinity
  let wake: () => void = () => undefined
  const off = log.onWrite(() => wake())
  call.once('cancelled', () => wake())
  try {
    await send(call, confirmation(randomUUID()))
    for (let looked = 0, live = false; !call.cancelled; ) {
      const record = log.records[next]
      if (record) {
        next++
        if (fits(record)) await send(call, eventMessage(record))
        if (++looked % window === 0) await send(call, checkpoint(record))
      } else if (!live) {
        live = true
        await send(call, caughtUp())
      } else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    off()
  }
}

/** Waits where the reader is slow: what it does not take stays here. */
async function send(call: Call, message: ReadResp): Promise<void> {
  if (call.cancelled || call.write(message)) return
  await new Promise<void>((resolve) => {
    const go = () => {
      call.off('drain', go).off('cancelled', go)
      resolve()
    }
    call.on('drain', go).on('cancelled', go)
  })
}

function filterOf(options: Options): Fits {
  const filter = options.getFilter()
  if (!filter) return () => true
  const [byStream, byType] = [filter.getStreamIdentifier(), filter.getEventType()]
  const expression = (byStream ?? byType)!
  const pattern = expression.getRegex() === '' ? undefined : new RegExp(expression.getRegex())
  const fits = (text: string) => (pattern ? pattern.test(text) : expression.getPrefixList().some((prefix) => text.startsWith(prefix)))
  return (record) => fits(byStream ? record.stream : record.type)
}

