import { randomBytes, randomUUID } from 'node:crypto'
import {
  childrenOf, idsIn, isSealed, mapTexts, parseStream, streamId, textsOf, type NewEvent, type SealedText, type StreamId, type TextField,
} from '@circumspect/domain'
import { decrypt, encrypt, openText, sealText } from '../crypto'
import { ErasedChildError, TamperedTextError, type JointText } from '../vault'
import { childrenOn, follow, isErased, join } from './stream-children'
import { bytes, firstOf, rowsOf, type Work } from './work'

/** A text stays readable as long as it is about a child who is not erased, and says what still holds. */
const WAITED_FOR = `SELECT DISTINCT k.id FROM key_children c JOIN text_keys k ON k.id = c.key
  WHERE c.child IN (SELECT child FROM tombstones)
    AND (k.superseded = 1
      OR NOT EXISTS (SELECT 1 FROM key_children o WHERE o.key = k.id AND o.child NOT IN (SELECT child FROM tombstones)))`

/** What goes with a key. Its event's digests too: they would tell whoever guesses a text that the guess is right. */
const DESTROY = [
  'UPDATE tombstones SET keys_destroyed = keys_destroyed + 1 WHERE child IN (SELECT child FROM key_children WHERE key = ?)',
  'DELETE FROM digests WHERE event = (SELECT event FROM text_keys WHERE id = ?)',
  'DELETE FROM text_keys WHERE id = ?',
  'DELETE FROM key_children WHERE key = ?',
]

/** A text's new key, kept before the text is given out. */
interface NewKey {
  readonly id: string
  readonly wrapped: Buffer
  readonly text: TextField
}

/** The keys of texts: one for each text, tagged with the children it is about. What writes is to be called inside a transaction. */
export class TextKeys {
  constructor(private readonly master: Buffer) {}

  /** Seals the texts of one event. */
  *seal(stream: StreamId, event: NewEvent): Work<NewEvent> {
    const named = [...new Set([...subjectOf(stream), ...childrenOf(event)])]
    const erased: string[] = []
    for (const child of named) if (yield* isErased(child)) erased.push(child)
    if (erased.length > 0) mustBeRedaction(stream, event, erased, yield* childrenOn(stream))
    yield* takePart(stream, event, named.filter((child) => !erased.includes(child)))
    const keys: NewKey[] = []
    const sealed = mapTexts(event, (text) => this.sealOne(stream, event.id, text, keys))
    const onStream = keys.some((key) => key.text.about === 'case') ? yield* childrenOn(stream) : []
    for (const key of keys) yield* keep(stream, event.id, key, onStream)
    return sealed
  }

  /** What sealing an event does besides, for one that is sealed. */
  *relearn(stream: StreamId, event: NewEvent): Work<void> {
    const living: string[] = []
    for (const child of [...subjectOf(stream), ...childrenOf(event)]) if (!(yield* isErased(child))) living.push(child)
    yield* takePart(stream, event, living)
  }

  /** Opens the texts of one event; one whose key is destroyed is left out. */
  *open<E extends NewEvent>(stream: StreamId, event: E): Work<E> {
    const keys = new Map<string, Buffer>()
    for (const { value } of textsOf(event)) {
      if (!isSealed(value)) continue
      const row = yield* firstOf('SELECT wrapped FROM text_keys WHERE id = ?', value.keyId)
      if (row) keys.set(value.keyId, bytes(row.wrapped))
    }
    return mapTexts(event, ({ field, value }) => {
      if (!isSealed(value)) return value
      const wrapped = keys.get(value.keyId)
      return wrapped && this.openOne(wrapped, stream, event.id, field, value)
    })
  }

  /** Destroys the keys of texts about this child and nobody else who is not erased, and of joint texts replaced since; gives the number. */
  *destroyOwn(child: string): Work<number> {
    return yield* destroyAll(yield* rowsOf<{ id: string }>(`${WAITED_FOR} AND c.child = ?`, child))
  }

  /** Texts about this child and others, still readable. */
  *joint(child: string): Work<JointText[]> {
    const sql = `SELECT DISTINCT k.stream, k.event, k.field FROM key_children c JOIN text_keys k ON k.id = c.key
      WHERE c.child = ? ORDER BY k.stream, k.event, k.field`
    const rows = yield* rowsOf<{ stream: StreamId; event: string; field: string }>(sql, child)
    return rows.map(({ stream, event, field }) => ({ stream, eventId: event, field }))
  }

  /** The texts of this event have been replaced: destroys those keys that an erasure waits for, and gives the number. */
  *supersede(eventId: string): Work<number> {
    yield* rowsOf('UPDATE text_keys SET superseded = 1 WHERE event = ?', eventId)
    return yield* destroyAll(yield* rowsOf<{ id: string }>(`${WAITED_FOR} AND k.event = ?`, eventId))
  }

  private sealOne(stream: StreamId, eventId: string, text: TextField, keys: NewKey[]): SealedText {
    const { field, value } = text
    if (isSealed(value)) throw new Error(`${field} is sealed already.`)
    const key = randomBytes(32)
    const id = randomUUID()
    keys.push({ id, wrapped: encrypt(this.master, key, id), text })
    return sealText(key, id, value, stream, eventId, field)
  }

  private openOne(wrapped: Buffer, stream: StreamId, eventId: string, field: string, sealed: SealedText): string {
    try {
      return openText(decrypt(this.master, wrapped, sealed.keyId), sealed, stream, eventId, field)
    } catch {
      throw new TamperedTextError(stream, eventId, field)
    }
  }
}

/** The children of an event come into its stream, and with a case that it names the children of that. */
function* takePart(stream: StreamId, event: NewEvent, children: readonly string[]): Work<void> {
  for (const child of children) yield* join(stream, child)
  for (const { of, id } of idsIn(event.type, event.data).refers) if (of === 'case') yield* follow(stream, streamId('case', id))
}

function* keep(stream: StreamId, eventId: string, { id, wrapped, text }: NewKey, onStream: readonly string[]): Work<void> {
  const put = 'INSERT INTO text_keys (id, wrapped, stream, event, field, about) VALUES (?, ?, ?, ?, ?, ?)'
  yield* rowsOf(put, id, wrapped, stream, eventId, text.field, text.about)
  for (const child of meantBy(stream, text, onStream))
    yield* rowsOf('INSERT INTO key_children (key, child) VALUES (?, ?) ON CONFLICT DO NOTHING', id, child)
}

function* destroyAll(keys: readonly { readonly id: string }[]): Work<number> {
  for (const { id } of keys) for (const sql of DESTROY) yield* rowsOf(sql, id)
  return keys.length
}

/**
 * Of an erased child nothing new can be said. But a text about others has to be redacted although the fact it belongs to names
 * the child: a superseding event may, as long as no text of its own is about the child.
 */
function mustBeRedaction(stream: StreamId, event: NewEvent, erased: readonly string[], onStream: readonly string[]): void {
  const about = new Set(textsOf(event).flatMap((text) => meantBy(stream, text, onStream)))
  const subject = subjectOf(stream).filter((child) => erased.includes(child))
  const child = erased.find((c) => event.supersedes === undefined || about.has(c)) ?? (about.size === 0 ? subject[0] : undefined)
  if (child !== undefined) throw new ErasedChildError(child)
}

/** The children a text is about, none where it is about a school. On the stream of a child all is about that child too. */
function meantBy(stream: StreamId, { about, children }: TextField, onStream: readonly string[]): readonly string[] {
  return about === 'case' ? onStream : [...new Set([...children, ...subjectOf(stream)])]
}

/** The stream of a child is about that child, whatever its events name. */
function subjectOf(stream: StreamId): string[] {
  const { kind, id } = parseStream(stream)
  return kind === 'child' ? [id] : []
}
