import type { NewEvent, RecordedEvent, StreamId } from '@circumspect/domain'
import type Database from 'libsql'
import { hmac, uuidOf } from '../crypto'
import { spokenContent, withoutLost } from '../content'
import type { ChildDetails, ChildReference, Erasure, ErasureReason, IdMaker, ParkedEvent, Vault } from '../vault'
import { Children } from './children'
import { Digests } from './digests'
import { openFile } from './file'
import { GroupCommit } from './group-commit'
import { masterKey } from './master-key'
import { Scrubbing } from './scrubbing'
import { Secrets } from './secrets'
import { TextKeys } from './text-keys'

/** The vault in one SQLite file. What is erased is gone from the file and its log too. */
export class SqliteVault implements Vault {
  private readonly db: Database.Database
  private readonly secrets: Secrets
  private readonly keys: TextKeys
  private readonly children: Children
  private readonly digests: Digests
  private readonly commit: GroupCommit
  private readonly scrubbing: Scrubbing

  /**
   * @param master the master key in base64; without it, the file `master.key` beside the vault, made with a new vault
   * @throws WrongMasterKeyError, VaultFormatError
   */
  constructor(file: string, master?: string) {
    const key = masterKey(file, master)
    this.db = openFile(file)
    try {
      this.secrets = new Secrets(this.db, key)
      this.keys = new TextKeys(this.db, key)
      this.children = new Children(this.db, key, this.secrets)
      this.digests = new Digests(this.db, this.secrets.newest('digest').key)
      this.commit = new GroupCommit(this.db)
      this.scrubbing = new Scrubbing(this.db)
      this.scrubbing.attempt()
    } catch (error) {
      this.db.close()
      throw error
    }
  }

  childFor(references: readonly ChildReference[], details?: ChildDetails): Promise<string> {
    return this.commit.run(() => this.children.childFor(references, details))
  }

  async findChild(reference: ChildReference): Promise<string | undefined> {
    return this.children.find(reference)
  }

  async details(child: string): Promise<ChildDetails | undefined> {
    return this.children.details(child)
  }

  async knowsChild(child: string): Promise<boolean> {
    return this.children.knows(child)
  }

  seal(stream: StreamId, events: readonly NewEvent[]): Promise<readonly NewEvent[]> {
    return this.commit.run(() =>
      events.map((event) => {
        const sealed = this.keys.seal(stream, event)
        this.digests.keep(sealed, event)
        return sealed
      }),
    )
  }

  async open<E extends NewEvent | RecordedEvent>(stream: StreamId, event: E): Promise<E> {
    return this.keys.open(stream, event)
  }

  /** Where the digest went with a destroyed key, what can still be read is compared. */
  async isSame(recorded: RecordedEvent, event: NewEvent): Promise<boolean> {
    const agree = this.digests.agree(recorded, event)
    if (agree !== undefined) return agree
    const open = this.keys.open(recorded.stream, recorded)
    return spokenContent(open) === spokenContent(withoutLost(event, recorded, open))
  }

  async afterAppend(_stream: StreamId, events: readonly NewEvent[]): Promise<void> {
    const superseded = events.flatMap((e) => (e.supersedes === undefined ? [] : [e.supersedes]))
    if (superseded.length === 0) return
    await this.commit.run(() => {
      const destroyed = superseded.map((id) => this.keys.supersede(id))
      if (destroyed.some((keys) => keys > 0)) this.scrubbing.due()
    })
    this.scrubbing.attempt()
  }

  async erase(child: string, at: string, reason: ErasureReason): Promise<Erasure> {
    await this.commit.run(() => {
      const bury = 'INSERT OR IGNORE INTO tombstones (child, erased_at, reason, keys_destroyed) VALUES (?, ?, ?, 0)'
      this.db.prepare(bury).run(child, at, reason)
      this.keys.destroyOwn(child)
      this.children.forget(child)
      this.scrubbing.due()
    })
    this.scrubbing.finish()
    return (await this.erasures()).find((e) => e.child === child)!
  }

  async erasures(): Promise<readonly Erasure[]> {
    const rows = this.db.prepare('SELECT child, erased_at, reason, keys_destroyed FROM tombstones ORDER BY erased_at, child').all()
    return (rows as { child: string; erased_at: string; reason: ErasureReason; keys_destroyed: number }[]).map((row) => ({
      child: row.child,
      erasedAt: row.erased_at,
      reason: row.reason,
      keysDestroyed: row.keys_destroyed,
      toRedact: this.keys.joint(row.child),
    }))
  }

  async replayErasures(erasures: readonly Pick<Erasure, 'child' | 'erasedAt' | 'reason'>[]): Promise<void> {
    for (const { child, erasedAt, reason } of erasures) await this.erase(child, erasedAt, reason)
  }

  /** A new secret for references from now on; those kept under older ones are still found. */
  async rotateReferenceSecret(): Promise<void> {
    await this.commit.run(() => this.secrets.add('reference'))
    this.secrets.reload()
  }

  async signingKeys() {
    return this.secrets.signingKeys()
  }

  keepNote(size: number, note: string): Promise<void> {
    return this.commit.run(() => void this.db.prepare('INSERT OR IGNORE INTO notes (size, note) VALUES (?, ?)').run(size, note))
  }

  async notes(): Promise<readonly string[]> {
    return (this.db.prepare('SELECT note FROM notes ORDER BY size').all() as { note: string }[]).map((r) => r.note)
  }

  /** Its secret is never rotated: the ids made with it stand in the history for ever. */
  async idMaker(): Promise<IdMaker> {
    const { key } = this.secrets.newest('ids')
    return (...names) => uuidOf(hmac(key, ...names))
  }

  noteImported(source: string, caseId: string): Promise<void> {
    return this.commit.run(() => void this.db.prepare('INSERT OR IGNORE INTO imported (source, case_id) VALUES (?, ?)').run(source, caseId))
  }

  async imported(source: string): Promise<readonly string[]> {
    const rows = this.db.prepare('SELECT case_id FROM imported WHERE source = ? ORDER BY case_id').all(source) as { case_id: string }[]
    return rows.map((r) => r.case_id)
  }

  park({ position, eventId, reason }: ParkedEvent): Promise<void> {
    const put = 'INSERT OR REPLACE INTO parked (position, event, reason) VALUES (?, ?, ?)'
    return this.commit.run(() => void this.db.prepare(put).run(position, eventId, reason))
  }

  async parked(): Promise<readonly ParkedEvent[]> {
    const rows = this.db.prepare('SELECT position, event AS eventId, reason FROM parked ORDER BY position').all() as ParkedEvent[]
    return rows.map(({ position, eventId, reason }) => ({ position, eventId, reason }))
  }

  async close(): Promise<void> {
    await this.commit.idle()
    if (!this.db.open) return
    this.scrubbing.attempt()
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    this.db.close()
  }
}
