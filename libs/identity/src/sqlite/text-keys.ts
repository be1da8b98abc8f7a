import type Database from 'libsql'
import { randomBytes, randomUUID } from 'node:crypto'
import { childrenOf, isSealed, mapTexts, type NewEvent, type SealedText, type StreamId, type TextField } from '@circumspect/domain'
import { decrypt, encrypt, openText, sealText } from '../crypto'
import { ErasedChildError, TamperedTextError, type JointText } from '../vault'

/** The keys of texts: one for each text, tagged with the children it is about. */
export class TextKeys {
  constructor(
    private readonly db: Database.Database,
    private readonly master: Buffer,
  ) {}

  /** Seals the texts of one event. To be called inside a transaction, which makes the keys durable. */
  seal(stream: StreamId, event: NewEvent): NewEvent {
    const named = childrenOf(event)
    const erased = named.find((child) => this.isErased(child))
    if (erased !== undefined) throw new ErasedChildError(erased)
    for (const child of named) this.join(stream, child)
    return mapTexts(event, (text) => this.sealOne(stream, event.id, text))
  }

  /** Opens the texts of one event; one whose key is destroyed is left out. */
  open<E extends NewEvent>(stream: StreamId, event: E): E {
    return mapTexts(event, ({ field, value }) => (isSealed(value) ? this.openOne(stream, event.id, field, value) : value))
  }

  /** Destroys the keys of texts about this child alone, and gives the number. */
  destroyOwn(child: string): number {
    const keys = this.keysOf(child).filter((key) => !key.joint)
    for (const key of keys) this.destroy(key.id)
    return keys.length
  }

  /** Texts about this child and others, still readable. */
  joint(child: string): JointText[] {
    return this.keysOf(child).map(({ stream, event, field }) => ({ stream: stream as StreamId, eventId: event, field }))
  }

  /** Destroys those keys of a superseded event that an erasure waits for. */
  release(eventId: string): void {
    const keys = this.db
      .prepare('SELECT DISTINCT k.id FROM text_keys k JOIN key_children c ON c.key = k.id JOIN tombstones t ON t.child = c.child WHERE k.event = ?')
      .all(eventId) as { id: string }[]
    for (const { id } of keys) this.destroy(id)
  }

  isErased(child: string): boolean {
    return this.db.prepare('SELECT 1 FROM tombstones WHERE child = ?').get(child) !== undefined
  }

  private sealOne(stream: StreamId, eventId: string, { field, about, children, value }: TextField): SealedText {
    if (isSealed(value)) throw new Error(`${field} is sealed already.`)
    const key = randomBytes(32)
    const id = randomUUID()
    this.db.prepare('INSERT INTO text_keys (id, wrapped, stream, event, field, about) VALUES (?, ?, ?, ?, ?, ?)').run(id, encrypt(this.master, key, id), stream, eventId, field, about)
    for (const child of about === 'case' ? this.childrenOn(stream) : children) this.tag(id, child)
    return sealText(key, id, value, stream, eventId, field)
  }

  private openOne(stream: StreamId, eventId: string, field: string, sealed: SealedText): string | undefined {
    const row = this.db.prepare('SELECT wrapped FROM text_keys WHERE id = ?').get(sealed.keyId) as { wrapped: ArrayBuffer } | undefined
    if (!row) return undefined
    try {
      return openText(decrypt(this.master, Buffer.from(row.wrapped), sealed.keyId), sealed, stream, eventId, field)
    } catch {
      throw new TamperedTextError(stream, eventId, field)
    }
  }

  /** A child comes into a stream: what is written there about the case is about this child too. */
  private join(stream: StreamId, child: string): void {
    const { changes } = this.db.prepare('INSERT OR IGNORE INTO stream_children (stream, child) VALUES (?, ?)').run(stream, child)
    if (changes === 0) return
    this.db.prepare("INSERT OR IGNORE INTO key_children (key, child) SELECT id, ? FROM text_keys WHERE stream = ? AND about = 'case'").run(child, stream)
  }

  private childrenOn(stream: StreamId): string[] {
    const rows = this.db.prepare('SELECT child FROM stream_children WHERE stream = ? AND child NOT IN (SELECT child FROM tombstones)').all(stream)
    return (rows as { child: string }[]).map((r) => r.child)
  }

  private tag(key: string, child: string): void {
    this.db.prepare('INSERT OR IGNORE INTO key_children (key, child) VALUES (?, ?)').run(key, child)
  }

  private keysOf(child: string): { id: string; stream: string; event: string; field: string; joint: number }[] {
    return this.db
      .prepare(
        `SELECT k.id, k.stream, k.event, k.field, EXISTS (SELECT 1 FROM key_children o WHERE o.key = k.id AND o.child != c.child) AS joint
         FROM key_children c JOIN text_keys k ON k.id = c.key WHERE c.child = ? ORDER BY k.stream, k.event, k.field`,
      )
      .all(child) as { id: string; stream: string; event: string; field: string; joint: number }[]
  }

  private destroy(id: string): void {
    this.db.prepare('DELETE FROM text_keys WHERE id = ?').run(id)
    this.db.prepare('DELETE FROM key_children WHERE key = ?').run(id)
  }
}

