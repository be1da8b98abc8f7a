import type Database from 'libsql'
import { randomBytes, randomUUID } from 'node:crypto'
import {
  childrenOf, idsIn, isSealed, mapTexts, parseStream, streamId, textsOf, type NewEvent, type SealedText, type StreamId, type TextField,
} from '@circumspect/domain'
import { decrypt, encrypt, openText, sealText } from '../crypto'
import { ErasedChildError, TamperedTextError, type JointText } from '../vault'
import { StreamChildren } from './stream-children'

/** A text stays readable as long as it is about a child who is not erased, and says what still holds. */
const WAITED_FOR = `SELECT DISTINCT k.id FROM key_children c JOIN text_keys k ON k.id = c.key
  WHERE c.child IN (SELECT child FROM tombstones)
    AND (k.superseded OR NOT EXISTS (SELECT 1 FROM key_children o WHERE o.key = k.id AND o.child NOT IN (SELECT child FROM tombstones)))`

/** The keys of texts: one for each text, tagged with the children it is about. What writes is to be called inside a transaction. */
export class TextKeys {
  private readonly children: StreamChildren
  private readonly sql

  constructor(
    private readonly db: Database.Database,
    private readonly master: Buffer,
  ) {
    this.children = new StreamChildren(db)
    this.sql = {
      insert: db.prepare('INSERT INTO text_keys (id, wrapped, stream, event, field, about) VALUES (?, ?, ?, ?, ?, ?)'),
      tag: db.prepare('INSERT OR IGNORE INTO key_children (key, child) VALUES (?, ?)'),
      wrapped: db.prepare('SELECT wrapped FROM text_keys WHERE id = ?'),
      count: db.prepare(
        'UPDATE tombstones SET keys_destroyed = keys_destroyed + 1 WHERE child IN (SELECT child FROM key_children WHERE key = ?)',
      ),
      forgetDigests: db.prepare('DELETE FROM digests WHERE event = (SELECT event FROM text_keys WHERE id = ?)'),
      destroy: db.prepare('DELETE FROM text_keys WHERE id = ?'),
      untag: db.prepare('DELETE FROM key_children WHERE key = ?'),
    }
  }

  /** Seals the texts of one event. */
  seal(stream: StreamId, event: NewEvent): NewEvent {
    const named = [...new Set([...subjectOf(stream), ...childrenOf(event)])]
    const erased = named.filter((child) => this.children.isErased(child))
    if (erased.length > 0) this.mustBeRedaction(stream, event, erased)
    for (const child of named) if (!erased.includes(child)) this.children.join(stream, child)
    for (const { of, id } of idsIn(event.type, event.data).refers) if (of === 'case') this.children.follow(stream, streamId('case', id))
    return mapTexts(event, (text) => this.sealOne(stream, event.id, text))
  }

  /** Opens the texts of one event; one whose key is destroyed is left out. */
  open<E extends NewEvent>(stream: StreamId, event: E): E {
    return mapTexts(event, ({ field, value }) => (isSealed(value) ? this.openOne(stream, event.id, field, value) : value))
  }

  /** Destroys the keys of texts about this child and nobody else who is not erased, and of joint texts replaced since; gives the number. */
  destroyOwn(child: string): number {
    return this.destroyAll(this.idsOf(`${WAITED_FOR} AND c.child = ?`, child))
  }

  /** Texts about this child and others, still readable. */
  joint(child: string): JointText[] {
    return this.db
      .prepare(
        `SELECT DISTINCT k.stream, k.event AS eventId, k.field FROM key_children c JOIN text_keys k ON k.id = c.key
         WHERE c.child = ? ORDER BY k.stream, k.event, k.field`,
      )
      .all(child) as JointText[]
  }

  /** The texts of this event have been replaced: destroys those keys that an erasure waits for, and gives the number. */
  supersede(eventId: string): number {
    this.db.prepare('UPDATE text_keys SET superseded = 1 WHERE event = ?').run(eventId)
    return this.destroyAll(this.idsOf(`${WAITED_FOR} AND k.event = ?`, eventId))
  }

  /**
   * Of an erased child nothing new can be said. But a text about others has to be redacted although the fact it belongs to names
   * the child: a superseding event may, as long as no text of its own is about the child.
   */
  private mustBeRedaction(stream: StreamId, event: NewEvent, erased: readonly string[]): void {
    const about = new Set(textsOf(event).flatMap((text) => this.meantBy(stream, text)))
    const subject = subjectOf(stream).filter((child) => erased.includes(child))
    const child = erased.find((c) => event.supersedes === undefined || about.has(c)) ?? (about.size === 0 ? subject[0] : undefined)
    if (child !== undefined) throw new ErasedChildError(child)
  }

  /** The children a text is about, none where it is about a school. On the stream of a child all is about that child too. */
  private meantBy(stream: StreamId, { about, children }: TextField): readonly string[] {
    return about === 'case' ? this.children.on(stream) : [...new Set([...children, ...subjectOf(stream)])]
  }

  private sealOne(stream: StreamId, eventId: string, text: TextField): SealedText {
    const { field, about, value } = text
    if (isSealed(value)) throw new Error(`${field} is sealed already.`)
    const key = randomBytes(32)
    const id = randomUUID()
    this.sql.insert.run(id, encrypt(this.master, key, id), stream, eventId, field, about)
    for (const child of this.meantBy(stream, text)) this.sql.tag.run(id, child)
    return sealText(key, id, value, stream, eventId, field)
  }

  private openOne(stream: StreamId, eventId: string, field: string, sealed: SealedText): string | undefined {
    const row = this.sql.wrapped.get(sealed.keyId) as { wrapped: ArrayBuffer } | undefined
    if (!row) return undefined
    try {
      return openText(decrypt(this.master, Buffer.from(row.wrapped), sealed.keyId), sealed, stream, eventId, field)
    } catch {
      throw new TamperedTextError(stream, eventId, field)
    }
  }

  private idsOf(sql: string, value: string): string[] {
    return (this.db.prepare(sql).all(value) as { id: string }[]).map((row) => row.id)
  }

  /** With the keys go the digests of their events: they would tell whoever guesses a text that the guess is right. */
  private destroyAll(keys: readonly string[]): number {
    const { count, forgetDigests, destroy, untag } = this.sql
    for (const key of keys) for (const statement of [count, forgetDigests, destroy, untag]) statement.run(key)
    return keys.length
  }
}

/** The stream of a child is about that child, whatever its events name. */
function subjectOf(stream: StreamId): string[] {
  const { kind, id } = parseStream(stream)
  return kind === 'child' ? [id] : []
}
