import { setTimeout as sleep } from 'node:timers/promises'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newEvent, newEvents, newStream } from '../../../../test/support/events'
import { startEventStoreDbDouble, type EventStoreDbDouble } from '../../../../test/support/eventstoredb-double/double'
import { NO_STREAM, UnavailableError, type EventStore } from '../event-store'
import { EventStoreDbEventStore, type LocatedEvent } from './eventstoredb-event-store'

/** How long a call may take to say that nobody answers, ms. The machine may be busy with other work. */
const BOUND = 40_000

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const { server, port } = await listening(() => undefined)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function listening(taking: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer(taking)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as AddressInfo).port })))
}

/** Every call there is; the subscription resolves with what it ended with. */
const calls: Readonly<Record<string, (store: EventStore) => Promise<unknown>>> = {
  append: (store) => store.append(newStream(), newEvents(1), NO_STREAM),
  'append a batch': (store) => store.append(newStream(), newEvents(3), NO_STREAM),
  readStream: (store) => store.readStream(newStream()),
  readAll: (store) => store.readAll(0, 10),
  head: (store) => store.head(),
  subscribe: (store) => new Promise((_, reject) => void store.subscribe(0, () => Promise.resolve(), reject)),
}

describe('a server that cannot be reached', { timeout: 2 * BOUND }, () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })
  const open = (port: number, scheme = 'esdb') => {
    const store = new EventStoreDbEventStore({ connectionString: `${scheme}://127.0.0.1:${port}?tls=false`, patience: 3000 })
    ends.push(() => store.close())
    return store
  }
  const eachIsUnavailable = async (store: EventStore) => {
    await Promise.all(
      Object.entries(calls).map(async ([name, call]) => {
        const began = Date.now()
        const error: unknown = await Promise.race([call(store).then(() => 'answered', (e: unknown) => e), sleep(BOUND, 'nothing', { ref: false })])
        expect(error, `${name}, after ${Date.now() - began} ms`).toBeInstanceOf(UnavailableError)
        expect(error, name).toMatchObject({ code: 'unavailable', retriable: true })
      }),
    )
  }

  it.each(['esdb', 'esdb+discover'])('at a closed port (%s): every call says so', async (scheme) => eachIsUnavailable(open(await closedPort(), scheme)))

  it.each(['esdb', 'esdb+discover'])('at a port that accepts and says nothing (%s): every call says so', async (scheme) => {
    const sockets = new Set<Socket>()
    const { server, port } = await listening((socket) => void sockets.add(socket.on('error', () => undefined)))
    ends.push(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    await eachIsUnavailable(open(port, scheme))
  })
})

describe('a server that goes away, on a double', { timeout: 2 * BOUND }, () => {
  let double: EventStoreDbDouble
  let store: EventStoreDbEventStore
  beforeEach(async () => {
    double = await startEventStoreDbDouble({ quiet: true })
    store = new EventStoreDbEventStore({ connectionString: double.url, patience: 3000 })
    return async () => {
      await store.close()
      double.stop()
    }
  })

  it('in the middle of calls: every call says so, and goes on when it is back', async () => {
    const stream = newStream()
    await store.append(stream, newEvents(3), NO_STREAM)
    double.stop()
    for (const [name, call] of Object.entries(calls)) {
      const error: unknown = await call(store).then(() => 'answered', (e: unknown) => e)
      expect(error, name).toBeInstanceOf(UnavailableError)
    }
    await double.start()
    await expect.poll(() => store.readStream(stream).then((events) => events.length, () => 0), { timeout: BOUND }).toBe(3)
    expect((await store.append(stream, newEvents(1), 2)).revision).toBe(3)
  })

  it('while an append is in hand, written or not: what is sent again settles it', async () => {
    const stream = newStream()
    const event = newEvent()
    double.trouble.kind = 'silent-after-append'
    await expect(store.append(stream, [event], NO_STREAM)).rejects.toThrow(UnavailableError)
    double.trouble.kind = undefined
    expect(await store.append(stream, [event], NO_STREAM)).toEqual({ stream, revision: 0, events: [{ id: event.id, revision: 0 }] })
    expect(double.log.stream(stream)).toHaveLength(1)
  })

  it.each(['silent', 'not-ready', 'timed-out', 'not-leader'] as const)('%s: appends and reads say so', async (kind) => {
    double.trouble.kind = kind
    for (const name of ['append', 'readStream', 'readAll'])
      await expect(calls[name]!(store), name).rejects.toThrow(UnavailableError)
  })

  it('under a subscription: it ends with that, and behind the last mark, of commit and prepare, it goes on without a gap or a repeat', async () => {
    const stream = newStream()
    await store.append(stream, newEvents(5), NO_STREAM)
    await store.append(newStream(), newEvents(1), NO_STREAM)
    const seen: LocatedEvent[] = []
    const handle = (events: readonly LocatedEvent[]) => Promise.resolve(void seen.push(...events))
    const ended = new Promise((resolve) => void store.subscribeAfter(undefined, handle, resolve))
    await expect.poll(() => seen.length, { timeout: BOUND }).toBe(6)
    double.stop()
    expect(await ended).toBeInstanceOf(UnavailableError)
    // Several of one batch share their commit position: only both together name one of them.
    expect(new Set(seen.slice(0, 5).map(({ mark }) => mark.commit)).size).toBe(1)
    expect(new Set(seen.slice(0, 5).map(({ mark }) => mark.prepare)).size).toBe(5)
    await double.start()
    const again: LocatedEvent[] = []
    const stop = store.subscribeAfter(seen[2]!.mark, (events) => Promise.resolve(void again.push(...events)), () => undefined)
    await expect.poll(() => again.length, { timeout: BOUND }).toBe(3)
    await stop()
    expect(again).toEqual(seen.slice(3))
  })
})
