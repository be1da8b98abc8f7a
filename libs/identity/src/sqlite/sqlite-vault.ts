import type { NewEvent, RecordedEvent, StreamId } from '@circumspect/domain'
import Database from 'libsql'
import { hmac } from '../crypto'
import { sealedContent, spokenContent } from '../content'
import type { ChildDetails, ChildReference, Erasure, ParkedEvent, Vault } from '../vault'
import { Children } from './children'
import { GroupCommit } from './group-commit'
import { masterKey } from './master-key'
import schema from './schema.sql?raw'
import { Secrets } from './secrets'
import { TextKeys } from './text-keys'

/** The vault in one SQLite file. What is deleted is overwritten, so that a destroyed key is gone from the disk. */
export class SqliteVault implements Vault {
  private readonly db: Database.Database
  private readonly secrets: Secrets
  private readonly keys: TextKeys
  private readonly children: Children
  private readonly commit: GroupCommit

  /** @param master the master key in base64; without it, the file `master.key` beside the vault, made with a new vault */
  constructor(file: string, master?: string) {
    const key = masterKey(file, master)
    this.db = new Database(file)
    this.db.exec('PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    this.db.exec(schema)
    this.secrets = new Secrets(this.db, key)
    this.keys = new TextKeys(this.db, key)
    this.children = new Children(this.db, key, this.secrets)
    this.commit = new GroupCommit(this.db)
    this.secrets.all('digest')
  }

  childFor(references: readonly ChildReference[], details?: ChildDetails): Promise<string> {
    return this.commit.run(() => this.children.childFor(references, details))
  }

  findChild(reference: ChildReference): Promise<string | undefined> {
    return Promise.resolve(this.children.find(reference))
  }

  details(child: string): Promise<ChildDetails | undefined> {
    return Promise.resolve(this.children.details(child))
  }

  knowsChild(child: string): Promise<boolean> {
    return Promise.resolve(this.children.knows(child))
  }

  seal(stream: StreamId, events: readonly NewEvent[]): Promise<readonly NewEvent[]> {
    return this.commit.run(() =>
      events.map((event) => {
        const sealed = this.keys.seal(stream, event)
        this.db
          .prepare('INSERT OR REPLACE INTO digests (event, sealed, digest) VALUES (?, ?, ?)')
          .run(event.id, sealedContent(sealed).toString('hex'), this.digest(event))
        return sealed
      }),
    )
  }

  open<E extends NewEvent | RecordedEvent>(stream: StreamId, event: E): Promise<E> {
    return Promise.resolve(this.keys.open(stream, event))
  }

  isSame(recorded: RecordedEvent, event: NewEvent): Promise<boolean> {
    const row = this.db.prepare('SELECT digest FROM digests WHERE event = ? AND sealed = ?').get(recorded.id, sealedContent(recorded).toString('hex'))
    return Promise.resolve((row as { digest: string } | undefined)?.digest === this.digest(event))
  }

  async afterAppend(_stream: StreamId, events: readonly NewEvent[]): Promise<void> {
    const superseded = events.flatMap((e) => (e.supersedes === undefined ? [] : [e.supersedes]))
    if (superseded.length > 0) await this.commit.run(() => superseded.forEach((id) => this.keys.release(id)))
  }

  async erase(child: string, at: string): Promise<Erasure> {
    await this.commit.run(() => {
      this.db.prepare('INSERT OR IGNORE INTO tombstones (child, erased_at, keys_destroyed) VALUES (?, ?, 0)').run(child, at)
      const destroyed = this.keys.destroyOwn(child)
      this.db.prepare('UPDATE tombstones SET keys_destroyed = keys_destroyed + ? WHERE child = ?').run(destroyed, child)
      this.children.forget(child)
    })
    this.scrub()
    return (await this.erasures()).find((e) => e.child === child)!
  }

  erasures(): Promise<readonly Erasure[]> {
    const rows = this.db.prepare('SELECT child, erased_at, keys_destroyed FROM tombstones ORDER BY erased_at, child').all()
    return Promise.resolve(
      (rows as { child: string; erased_at: string; keys_destroyed: number }[]).map((row) => ({
        child: row.child,
        erasedAt: row.erased_at,
        keysDestroyed: row.keys_destroyed,
        toRedact: this.keys.joint(row.child),
      })),
    )
  }

  async replayErasures(erasures: readonly Pick<Erasure, 'child' | 'erasedAt'>[]): Promise<void> {
    for (const { child, erasedAt } of erasures) await this.erase(child, erasedAt)
  }

  /** A new secret for references from now on; those kept under older ones are still found. */
  rotateReferenceSecret(): Promise<void> {
    return this.commit.run(() => this.secrets.rotate('reference'))
  }

  signingKeys() {
    return Promise.resolve(this.secrets.signingKeys())
  }

  keepNote(size: number, note: string): Promise<void> {
    return this.commit.run(() => void this.db.prepare('INSERT OR IGNORE INTO notes (size, note) VALUES (?, ?)').run(size, note))
  }

  notes(): Promise<readonly string[]> {
    return Promise.resolve((this.db.prepare('SELECT note FROM notes ORDER BY size').all() as { note: string }[]).map((r) => r.note))
  }

  noteImported(source: string, caseId: string): Promise<void> {
    return this.commit.run(() => void this.db.prepare('INSERT OR IGNORE INTO imported (source, case_id) VALUES (?, ?)').run(source, caseId))
  }

  imported(source: string): Promise<readonly string[]> {
    const rows = this.db.prepare('SELECT case_id FROM imported WHERE source = ? ORDER BY case_id').all(source) as { case_id: string }[]
    return Promise.resolve(rows.map((r) => r.case_id))
  }

  park({ position, eventId, reason }: ParkedEvent): Promise<void> {
    return this.commit.run(() => void this.db.prepare('INSERT OR REPLACE INTO parked (position, event, reason) VALUES (?, ?, ?)').run(position, eventId, reason))
  }

  parked(): Promise<readonly ParkedEvent[]> {
    const rows = this.db.prepare('SELECT position, event, reason FROM parked ORDER BY position').all() as { position: number; event: string; reason: string }[]
    return Promise.resolve(rows.map(({ position, event, reason }) => ({ position, eventId: event, reason })))
  }

  async close(): Promise<void> {
    await this.commit.idle()
    this.scrub()
    this.db.close()
  }

  private digest(event: NewEvent): string {
    return hmac(this.secrets.all('digest')[0]!.key, spokenContent(event)).toString('hex')
  }

  /** What was overwritten in the file may still lie in its log: empties that. */
  private scrub(): void {
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }
}
