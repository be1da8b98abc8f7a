import type { StatusObject } from '@grpc/grpc-js'
import { refusal } from './messages'

export type TroubleKind =
  /** Takes calls and never answers. */
  | 'silent'
  /** Writes what it is given and never answers. */
  | 'silent-after-append'
  /** Starting up, or in an election. */
  | 'not-ready'
  /** A cluster that did not agree in time. */
  | 'timed-out'
  /** Another node leads: names one that is not there. */
  | 'not-leader'
  | 'access-denied'

/** What goes wrong with the double, at a test's wish. */
export class Trouble {
  kind: TroubleKind | undefined

  /** How a call has to end before it does anything, or, for `append-answer`, after. */
  failure(call: 'append' | 'append-answer' | 'read'): Partial<StatusObject> | 'silence' | undefined {
    if (call === 'append-answer') return this.kind === 'silent-after-append' ? 'silence' : undefined
    switch (this.kind) {
      case 'silent':
        return 'silence'
      case 'not-ready':
        return refusal('UNAVAILABLE', 'Server Is Not Ready')
      case 'timed-out':
        return refusal('ABORTED', 'Operation timed out')
      case 'not-leader':
        return refusal('NOT_FOUND', 'Leader info available', {
          exception: 'not-leader',
          'leader-endpoint-host': '127.0.0.1',
          'leader-endpoint-port': '1',
        })
      case 'access-denied':
        return refusal('PERMISSION_DENIED', 'Access Denied', { exception: 'access-denied' })
      case 'silent-after-append':
      case undefined:
        return undefined
    }
  }
}
