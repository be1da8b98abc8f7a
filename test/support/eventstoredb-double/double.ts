import { Server, ServerCredentials, type handleUnaryCall, type ServiceDefinition } from '@grpc/grpc-js'
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb'
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb'
import { createRequire } from 'node:module'
import { append } from './append'
import { Log } from './log'
import { shared } from './messages'
import { read } from './read'
import { Trouble } from './trouble'

const generated = createRequire(import.meta.url)
const folder = '@eventstore/db-client/generated'
const { StreamsService } = generated(`${folder}/streams_grpc_pb.js`) as { StreamsService: ServiceDefinition }
const { ServerFeaturesService } = generated(`${folder}/serverfeatures_grpc_pb.js`) as { ServerFeaturesService: ServiceDefinition }
const { GossipService } = generated(`${folder}/gossip_grpc_pb.js`) as { GossipService: ServiceDefinition }
const features = generated(`${folder}/serverfeatures_pb.js`) as typeof import('@eventstore/db-client/generated/serverfeatures_pb')
const gossip = generated(`${folder}/gossip_pb.js`) as typeof import('@eventstore/db-client/generated/gossip_pb')

/** What stands in for a server: it speaks the protocol over TCP, and is not one. */
export interface EventStoreDbDouble {
  /** `esdb://127.0.0.1:<port>?tls=false` */
  readonly url: string
  readonly log: Log
  readonly trouble: Trouble
  /** Cuts all connections and listens no more; what is written stays. */
  stop(): void
  /** Listens again, on the same port. */
  start(): Promise<void>
}

/** Starts a double of EventStoreDB in this process, and says that it is one. Keeps its log in memory, and in `file` where given. */
export async function startEventStoreDbDouble(options: { readonly file?: string; readonly quiet?: boolean } = {}): Promise<EventStoreDbDouble> {
  const log = new Log(options.file)
  const trouble = new Trouble()
  let port = 0
  let server: Server | undefined
  const start = async () => {
    const starting = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 })
    starting.addService(StreamsService, { append: append(log, trouble), read: read(log, trouble) })
    starting.addService(ServerFeaturesService, { getSupportedMethods })
    starting.addService(GossipService, { read: leaderAt(() => port) })
    port = await new Promise<number>((resolve, reject) =>
      starting.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
    )
    log.forget()
    log.writeStatistics()
    server = starting
  }
  const stop = () => {
    server?.forceShutdown()
    server = undefined
  }
  await start()
  if (!options.quiet) process.stdout.write(`EventStoreDB: a DOUBLE in this process, not a server, at 127.0.0.1:${port}\n`)
  return { url: `esdb://127.0.0.1:${port}?tls=false`, log, trouble, start, stop }
}

/** The double appends by `Append` alone; asked for its features, it does not offer `BatchAppend`. */
const getSupportedMethods: handleUnaryCall<unknown, SupportedMethods> = (_, answer) => {
  const all = new features.SupportedMethods().setEventStoreServerVersion('double')
  for (const name of ['append', 'read'])
    all.addMethods(new features.SupportedMethod().setMethodName(name).setServiceName('event_store.client.streams.streams'))
  answer(null, all)
}

/** A cluster of one, which leads. */
const leaderAt =
  (port: () => number): handleUnaryCall<unknown, ClusterInfo> =>
  (_, answer) => {
    const member = new gossip.MemberInfo()
      .setInstanceId(new shared.UUID().setString('00000000-0000-4000-8000-000000000001'))
      .setTimeStamp(String(Date.now()))
      .setState(gossip.MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port()))
    answer(null, new gossip.ClusterInfo().setMembersList([member]))
  }
