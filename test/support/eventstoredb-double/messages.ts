import { Metadata, status as codes, type StatusObject } from '@grpc/grpc-js'
import { createRequire } from 'node:module'
import type { Expected, LogRecord, Outcome, Proposed } from './log'

// The messages as the client itself has them, generated from the server's own definitions; CommonJS whose names cannot be imported.
const generated = createRequire(import.meta.url)
export const streams = generated('@eventstore/db-client/generated/streams_pb.js') as typeof import('@eventstore/db-client/generated/streams_pb')
export const shared = generated('@eventstore/db-client/generated/shared_pb.js') as typeof import('@eventstore/db-client/generated/shared_pb')

type ReadResp = InstanceType<typeof streams.ReadResp>
type AppendOptions = InstanceType<typeof streams.AppendReq.Options>
type Message = InstanceType<typeof streams.AppendReq.ProposedMessage>
type StreamIdentifier = InstanceType<typeof shared.StreamIdentifier>

export const nameOf = (identifier: StreamIdentifier | undefined): string => Buffer.from(identifier?.getStreamName_asU8() ?? []).toString()

const identifier = (name: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(name).toString('base64'))

export function expectedOf(options: AppendOptions): Expected {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no_stream'
  if (options.hasStreamExists()) return 'stream_exists'
  return Number(options.getRevision())
}

export const proposedOf = (message: Message): Proposed => ({
  id: message.getId()!.getString(),
  type: message.getMetadataMap().get('type') ?? '',
  json: message.getMetadataMap().get('content-type') === 'application/json',
  data: Buffer.from(message.getData_asU8()),
  metadata: Buffer.from(message.getCustomMetadata_asU8()),
})

export function eventMessage(record: LogRecord): ReadResp {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(identifier(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.commit))
    .setPreparePosition(String(record.prepare))
    .setData(record.data)
    .setCustomMetadata(record.metadata)
  event.getMetadataMap().set('type', record.type)
  event.getMetadataMap().set('created', String(record.created))
  event.getMetadataMap().set('content-type', record.json ? 'application/json' : 'application/octet-stream')
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(record.commit)))
}

export const confirmation = (id: string): ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id))

export const caughtUp = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp())

export const checkpoint = ({ commit, prepare }: LogRecord): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(commit)).setPreparePosition(String(prepare)),
  )

export const streamNotFound = (name: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(name)))

export function appendAnswer(outcome: Outcome, expected: Expected): InstanceType<typeof streams.AppendResp> {
  const answer = new streams.AppendResp()
  if (outcome.written) {
    const success = new streams.AppendResp.Success()
    if (outcome.revision < 0) success.setNoStream(new shared.Empty())
    else success.setCurrentRevision(String(outcome.revision))
    if (outcome.at) {
      const position = new streams.AppendResp.Position()
      success.setPosition(position.setCommitPosition(String(outcome.at.commit)).setPreparePosition(String(outcome.at.prepare)))
    } else success.setNoPosition(new shared.Empty())
    return answer.setSuccess(success)
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion()
  if (outcome.current < 0) wrong.setCurrentNoStream(new shared.Empty())
  else wrong.setCurrentRevision(String(outcome.current))
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty())
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty())
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty())
  else wrong.setExpectedRevision(String(expected))
  return answer.setWrongExpectedVersion(wrong)
}

/** An error as the server sends it: a status, and what kind it is in the trailers. */
export function refusal(code: keyof typeof codes, details: string, trailers: Readonly<Record<string, string>> = {}): Partial<StatusObject> {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value)
  return { code: codes[code], details, metadata }
}
