import type { KeyObject } from 'node:crypto'
import type { NewEvent, StoredEvent, StreamId } from '@circumspect/domain'

/** How somebody else refers to a child: a UPN, a number in a school's system. */
export interface ChildReference {
  /** Who gave the reference: `dfe`, or the id of a source system. */
  readonly issuer: string
  /** What kind it is: `upn`, `mis-id` … */
  readonly scheme: string
  readonly value: string
}

/** What people call a child. Kept in the vault alone; never in an event. */
export interface ChildDetails {
  readonly name?: string
  /** `YYYY-MM-DD` */
  readonly dateOfBirth?: string
}

/** A text about more than the child erased: it has to be redacted (superseded) before its key can go. */
export interface JointText {
  readonly stream: StreamId
  readonly eventId: string
  readonly field: string
}

export interface ParkedEvent {
  readonly position: number
  readonly eventId: string
  readonly reason: string
}

/** What somebody has begun to write and not yet recorded. */
export interface Draft {
  readonly id: string
  /** The account whose draft it is: nobody else can read it. */
  readonly account: string
  /** The record it is meant for. Erasing a child of that record deletes the draft. */
  readonly stream: StreamId
  readonly savedAt: string
  /** From this instant on it is not given any more, and is deleted. */
  readonly until: string
  readonly content: string
}

/** Somebody who may be let in. What the role may see is not the vault's to say. */
export interface KeptAccount {
  /** Random; it stands in the audit log and beside what was recorded, also when the account is no more. */
  readonly id: string
  readonly role: string
  /** Ids of schools, or all there are. */
  readonly schools: 'all' | readonly string[]
  /** What the person is called. Kept in the vault alone. */
  readonly name?: string
}

export const ERASURE_REASONS = ['asked-for', 'retention-ended', 'recorded-in-error', 'ordered'] as const
/** Why a child was erased. A code, for a text could say again what is to be forgotten. */
export type ErasureReason = (typeof ERASURE_REASONS)[number]

export interface Erasure {
  readonly child: string
  readonly erasedAt: string
  readonly reason: ErasureReason
  readonly keysDestroyed: number
  /** Empty when nothing readable is left. Events that were sealed and then not appended are listed too: the history tells. */
  readonly toRedact: readonly JointText[]
}

/** Gives a UUID (version 8, RFC 9562). */
export type IdMaker = (...names: readonly string[]) => string

/**
 * What must be kept apart from the history because it may have to be forgotten: who a random child id stands for, and the
 * key of every text.
 */
export interface Vault {
  /**
   * The id of the child with any of these references, made if there is none. Idempotent. Upper and lower case and spaces make no
   * difference. Details given are added to those known.
   * @throws ConflictingReferencesError where they are of two children
   */
  childFor(references: readonly ChildReference[], details?: ChildDetails): Promise<string>
  findChild(reference: ChildReference): Promise<string | undefined>
  details(child: string): Promise<ChildDetails | undefined>
  /**
   * The ids of at most `most` children whose details are so, in order. Every child's details are opened for it, a thousand at a time:
   * nothing is kept by which a name could be found without the key.
   */
  childrenLike(matches: (details: ChildDetails) => boolean, most: number): Promise<string[]>
  /** Is this the id of a child, not erased? */
  knowsChild(child: string): Promise<boolean>

  /**
   * Replaces every text of the events by its sealed form, each under a new key of its own, kept before this returns.
   * Remembers a keyed digest of each event as it was, to tell a repeat from a clash.
   *
   * A text about the case is about every child of the stream, those who come later included; a review is about the children of its
   * case, the stream of a child about that child. An event that supersedes may name an erased child, so that what it said of others
   * can be redacted, as long as none of its texts is about the erased child.
   * @throws ErasedChildError where an event is about an erased child; VaultUnavailableError
   */
  seal(stream: StreamId, events: readonly NewEvent[]): Promise<readonly NewEvent[]>
  /**
   * The event with its texts readable; a text whose key has been destroyed is left out.
   * @throws TamperedTextError
   */
  open<E extends NewEvent | StoredEvent>(stream: StreamId, event: E): Promise<E>
  /** Was `recorded` (sealed) made from the same content as `event` (open)? Ignores what the recorder writes (recordedAt, original …). */
  isSame(recorded: StoredEvent, event: NewEvent): Promise<boolean>

  /**
   * To be called after an append: texts that a superseding event replaces lose their keys where an erasure waits for it. Can be
   * repeated.
   */
  afterAppend(stream: StreamId, events: readonly NewEvent[]): Promise<void>

  /**
   * Destroys the keys of texts about this child and nobody else who is not erased, and of joint texts that have been superseded;
   * forgets who it was; leaves a tombstone. Nothing of it is left on the disk. Can be repeated, and keeps the time and reason of
   * the first.
   * @throws VaultUnavailableError
   */
  erase(child: string, at: string, reason: ErasureReason): Promise<Erasure>
  erasures(): Promise<readonly Erasure[]>
  /**
   * Repeats erasures in a vault restored from a backup made before them; has the same effect however often. Let it first `relearn` the
   * history: which texts are about whom, and which have been replaced, may have changed since the backup.
   * @throws VaultUnavailableError
   */
  replayErasures(erasures: readonly Pick<Erasure, 'child' | 'erasedAt' | 'reason'>[]): Promise<void>

  /**
   * Takes note of recorded events that this vault may not have sealed itself, since it was restored from a backup made before them: who
   * came into the stream, and what was replaced. Has the same effect however often.
   */
  relearn(stream: StreamId, events: readonly StoredEvent[]): Promise<void>

  /** The key pair (Ed25519) that signs checkpoints of the history; made at first use. */
  signingKeys(): Promise<{ readonly privateKey: KeyObject; readonly publicKey: KeyObject }>
  /** Signed checkpoints of the history, kept here because the history's own file is what they check. */
  keepNote(size: number, note: string): Promise<void>
  notes(): Promise<readonly string[]>

  /**
   * Makes ids from names under a secret of this vault: the same names, the same id. Without the secret nobody can find out by
   * trying names which of them an id was made of.
   */
  idMaker(): Promise<IdMaker>

  /** Remembers that a case came from this source; `imported` gives all that did. */
  noteImported(source: string, caseId: string): Promise<void>
  imported(source: string): Promise<readonly string[]>

  /** An event that could not be carried to the views, with the reason. */
  park(parked: ParkedEvent): Promise<void>
  parked(): Promise<readonly ParkedEvent[]>

  /**
   * Keeps a draft, encrypted, in the place of what it had before. Drafts that have come to their end are deleted with it.
   * @returns false where the id is of somebody else's draft, which stays as it is
   */
  keepDraft(draft: Draft): Promise<boolean>
  /** The drafts of an account that have not come to their end by `now`, the last saved first. */
  drafts(account: string, now: string): Promise<readonly Draft[]>
  /** Deletes a draft of this account; there may be none. */
  dropDraft(account: string, id: string): Promise<void>

  /** Keeps an account, in the place of what was kept under its id. */
  keepAccount(account: KeptAccount): Promise<void>
  /** All of them, in the order of their ids. */
  accounts(): Promise<readonly KeptAccount[]>
  /** Forgets an account, its name with it; there may be none. */
  dropAccount(id: string): Promise<void>

  close(): Promise<void>
}

export class ErasedChildError extends Error {
  readonly code = 'child-erased'
  constructor(readonly child: string) {
    super('The record of this child has been erased; nothing more can be written about it.')
  }
}

/** References that belong to two different children were given as one child's. */
export class ConflictingReferencesError extends Error {
  readonly code = 'conflicting-references'
}

/** A text does not open: it was changed, or moved to another place. */
export class TamperedTextError extends Error {
  readonly code = 'tampered-text'
  constructor(stream: string, eventId: string, field: string) {
    super(`A text does not open: ${field} of event ${eventId} on ${stream} is not what was sealed there.`)
  }
}

/** The vault cannot be written now; trying again later may succeed. */
export class VaultUnavailableError extends Error {
  readonly code = 'unavailable'
  readonly retriable = true
}

/** The vault was made by another version of the program. */
export class VaultFormatError extends Error {
  readonly code = 'vault-format'
}

/** The master key is missing or is not this vault's. */
export class WrongMasterKeyError extends Error {
  readonly code = 'wrong-master-key'
}
