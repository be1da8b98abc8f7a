import { createHash, sign, verify, type KeyObject } from 'node:crypto'

/** What a note says: the first `size` events have this root. */
export interface HistoryCheckpoint {
  readonly size: number
  /** 32 bytes. */
  readonly root: Buffer
}

/** A checkpoint and the note that says so. Who keeps it keeps it apart from the history: there it can be altered along. */
export interface SignedCheckpoint extends HistoryCheckpoint {
  readonly note: string
}

/** The pair of keys (Ed25519) that a history is signed with. */
export interface Signer {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

const ORIGIN = 'circumspect/history'

/** The note does not bear this key's signature, or is not a note. */
export class InvalidNoteError extends Error {
  readonly code = 'invalid-note'
}

/** First four bytes of SHA-256(name, newline, 0x01, public key): which key signed (C2SP signed-note, Ed25519). */
const keyHash = (publicKey: KeyObject): Buffer => {
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  return createHash('sha256').update(`${ORIGIN}\n`).update(Buffer.from([1])).update(raw).digest().subarray(0, 4)
}

/** A checkpoint as a signed note (C2SP tlog-checkpoint and signed-note): text that can be kept anywhere, even on paper. */
export function signNote(checkpoint: HistoryCheckpoint, privateKey: KeyObject, publicKey: KeyObject): string {
  const body = `${ORIGIN}\n${checkpoint.size}\n${checkpoint.root.toString('base64')}\n`
  const signature = Buffer.concat([keyHash(publicKey), sign(null, Buffer.from(body), privateKey)])
  return `${body}\n— ${ORIGIN} ${signature.toString('base64')}\n`
}

/** What a note says, if this key signed it. */
export function openNote(note: string, publicKey: KeyObject): HistoryCheckpoint {
  const match = /^(circumspect\/history\n(\d+)\n([A-Za-z0-9+/=]+)\n)\n— circumspect\/history ([A-Za-z0-9+/=]+)\n$/.exec(note)
  if (!match) throw new InvalidNoteError('This is not a checkpoint of this history.')
  const signature = Buffer.from(match[4]!, 'base64')
  const ours = signature.subarray(0, 4).equals(keyHash(publicKey)) && verify(null, Buffer.from(match[1]!), publicKey, signature.subarray(4))
  if (!ours) throw new InvalidNoteError('The signature of this checkpoint is not by the key of this history.')
  return { size: Number(match[2]), root: Buffer.from(match[3]!, 'base64') }
}
