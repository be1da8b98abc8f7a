import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js'
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb'
import type { Expected, Log, Proposed } from './log'
import { appendAnswer, expectedOf, nameOf, proposedOf, refusal } from './messages'
import type { Trouble } from './trouble'

/** The server's default limit of one append, in bytes of types, data and metadata. */
const LARGEST_APPEND = 1024 * 1024

/** The call `Append`: options first, then the events, and one answer at the end. */
export const append =
  (log: Log, trouble: Trouble) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    let target: { readonly stream: string; readonly expected: Expected } | undefined
    const events: Proposed[] = []
    call.on('error', () => undefined)
    call.on('data', (message: AppendReq) => {
      const [options, proposed] = [message.getOptions(), message.getProposedMessage()]
      if (options) target = { stream: nameOf(options.getStreamIdentifier()), expected: expectedOf(options) }
      else if (proposed) events.push(proposedOf(proposed))
    })
    call.on('end', () => {
      const failure = trouble.failure('append')
      if (failure === 'silence') return
      if (failure) return answer(failure)
      if (!target) return answer(refusal('INVALID_ARGUMENT', 'Options were expected first.'))
      const size = events.reduce((sum, e) => sum + 2 * e.type.length + e.data.length + e.metadata.length, 0)
      if (size > LARGEST_APPEND)
        return answer(
          refusal('INVALID_ARGUMENT', `Maximum Append Size of ${LARGEST_APPEND} Exceeded.`, {
            exception: 'maximum-append-size-exceeded',
            'maximum-append-size': String(LARGEST_APPEND),
          }),
        )
      const outcome = log.append(target.stream, target.expected, events)
      if (trouble.failure('append-answer')) return
      answer(null, appendAnswer(outcome, target.expected))
    })
  }
