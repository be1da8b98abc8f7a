import type { NewEvent, StoredEvent, StreamId } from '@circumspect/domain'
import { hmac, uuidOf } from '../crypto'
import { spokenContent, withoutLost } from '../content'
import {
  VaultUnavailableError,
  type ChildDetails, type ChildReference, type Draft, type Erasure, type ErasureReason, type IdMaker, type KeptAccount, type ParkedEvent, type Vault,
} from '../vault'
import { Accounts } from './accounts'
import { Children } from './children'
import { Digests } from './digests'
import { Drafts } from './drafts'
import { parkedIn } from './parked'
import type { Secrets } from './secrets'
import { TextKeys } from './text-keys'
import { rowsOf, type Storage, type Work } from './work'

/** So many children are opened at a time. */
const PAGE = 1000

const DUE = 'INSERT INTO scrub_due (id) VALUES (1) ON CONFLICT DO NOTHING'

/** What a vault does, on any storage. */
export class StoredVault implements Vault {
  private readonly keys: TextKeys
  private readonly children: Children
  private readonly digests: Digests
  private readonly draftsKept: Drafts
  private readonly accountsKept: Accounts

  /** @param secrets loaded from that storage with that master key */
  constructor(
    protected readonly storage: Storage,
    master: Buffer,
    private readonly secrets: Secrets,
  ) {
    this.keys = new TextKeys(master)
    this.children = new Children(master, secrets)
    this.digests = new Digests(secrets.newest('digest').key)
    this.draftsKept = new Drafts(master)
    this.accountsKept = new Accounts(master)
  }

  childFor(references: readonly ChildReference[], details?: ChildDetails): Promise<string> {
    return this.storage.write(() => this.children.childFor(references, details))
  }

  findChild(reference: ChildReference): Promise<string | undefined> {
    return this.storage.read(() => this.children.find(reference))
  }

  details(child: string): Promise<ChildDetails | undefined> {
    return this.storage.read(() => this.children.details(child))
  }

  async childrenLike(matches: (details: ChildDetails) => boolean, most: number): Promise<string[]> {
    const found: string[] = []
    for (let after = ''; ; ) {
      const from = after
      const page = await this.storage.read(() => this.children.page(from, PAGE))
      found.push(...page.filter(({ details }) => matches(details)).map(({ child }) => child))
      if (page.length < PAGE || found.length >= most) return found.slice(0, most)
      after = page.at(-1)!.child
    }
  }

  knowsChild(child: string): Promise<boolean> {
    return this.storage.read(() => this.children.knows(child))
  }

  seal(stream: StreamId, events: readonly NewEvent[]): Promise<readonly NewEvent[]> {
    return this.storage.write(() => this.sealAll(stream, events))
  }

  open<E extends NewEvent | StoredEvent>(stream: StreamId, event: E): Promise<E> {
    return this.storage.read(() => this.keys.open(stream, event))
  }

  /** Where the digest went with a destroyed key, what can still be read is compared. */
  async isSame(recorded: StoredEvent, event: NewEvent): Promise<boolean> {
    const agree = await this.storage.read(() => this.digests.agree(recorded, event))
    if (agree !== undefined) return agree
    const open = await this.open(recorded.stream, recorded)
    return spokenContent(open) === spokenContent(withoutLost(event, recorded, open))
  }

  async afterAppend(_stream: StreamId, events: readonly NewEvent[]): Promise<void> {
    const superseded = events.flatMap((e) => (e.supersedes === undefined ? [] : [e.supersedes]))
    if (superseded.length === 0) return
    await this.storage.write(() => this.supersede(superseded))
    await this.storage.scrub().catch((error: unknown) => {
      if (!(error instanceof VaultUnavailableError)) throw error
    })
  }

  async relearn(stream: StreamId, events: readonly StoredEvent[]): Promise<void> {
    await this.storage.write(() => this.relearnAll(stream, events))
    await this.afterAppend(stream, events)
  }

  async erase(child: string, at: string, reason: ErasureReason): Promise<Erasure> {
    await this.storage.write(() => this.bury(child, at, reason))
    await this.storage.scrub()
    return (await this.erasures()).find((e) => e.child === child)!
  }

  erasures(): Promise<readonly Erasure[]> {
    return this.storage.read(() => this.readErasures())
  }

  async replayErasures(erasures: readonly Pick<Erasure, 'child' | 'erasedAt' | 'reason'>[]): Promise<void> {
    for (const { child, erasedAt, reason } of erasures) await this.storage.write(() => this.bury(child, erasedAt, reason))
    await this.storage.scrub()
  }

  /** A new secret for references from now on; those kept under older ones are still found. */
  async rotateReferenceSecret(): Promise<void> {
    await this.storage.write(() => this.secrets.add('reference'))
    await this.storage.read(() => this.secrets.reload())
  }

  async signingKeys() {
    return this.secrets.signingKeys()
  }

  keepNote(size: number, note: string): Promise<void> {
    return this.put('INSERT INTO notes (size, note) VALUES (?, ?) ON CONFLICT DO NOTHING', size, note)
  }

  async notes(): Promise<readonly string[]> {
    return (await this.storage.read(() => rowsOf<{ note: string }>('SELECT note FROM notes ORDER BY size'))).map((r) => r.note)
  }

  /** Its secret is never rotated: the ids made with it stand in the history for ever. */
  async idMaker(): Promise<IdMaker> {
    const { key } = this.secrets.newest('ids')
    return (...names) => uuidOf(hmac(key, ...names))
  }

  noteImported(source: string, caseId: string): Promise<void> {
    return this.put('INSERT INTO imported (source, case_id) VALUES (?, ?) ON CONFLICT DO NOTHING', source, caseId)
  }

  async imported(source: string): Promise<readonly string[]> {
    const sql = 'SELECT case_id FROM imported WHERE source = ? ORDER BY case_id'
    return (await this.storage.read(() => rowsOf<{ case_id: string }>(sql, source))).map((r) => r.case_id)
  }

  park({ position, eventId, reason }: ParkedEvent): Promise<void> {
    const put = `INSERT INTO parked (position, event, reason) VALUES (?, ?, ?)
      ON CONFLICT (position) DO UPDATE SET event = excluded.event, reason = excluded.reason`
    return this.put(put, position, eventId, reason)
  }

  parked(): Promise<readonly ParkedEvent[]> {
    return parkedIn(this.storage)
  }

  keepDraft(draft: Draft): Promise<boolean> {
    return this.storage.write(() => this.draftsKept.keep(draft))
  }

  drafts(account: string, now: string): Promise<readonly Draft[]> {
    return this.storage.read(() => this.draftsKept.of(account, now))
  }

  dropDraft(account: string, id: string): Promise<void> {
    return this.storage.write(() => this.draftsKept.drop(account, id))
  }

  keepAccount(account: KeptAccount): Promise<void> {
    return this.storage.write(() => this.accountsKept.keep(account))
  }

  accounts(): Promise<readonly KeptAccount[]> {
    return this.storage.read(() => this.accountsKept.all())
  }

  dropAccount(id: string): Promise<void> {
    return this.storage.write(() => this.accountsKept.drop(id))
  }

  close(): Promise<void> {
    return this.storage.close()
  }

  private async put(sql: string, ...values: (string | number)[]): Promise<void> {
    await this.storage.write(() => rowsOf(sql, ...values))
  }

  private *sealAll(stream: StreamId, events: readonly NewEvent[]): Work<NewEvent[]> {
    const all: NewEvent[] = []
    for (const event of events) {
      const sealed = yield* this.keys.seal(stream, event)
      yield* this.digests.keep(sealed, event)
      all.push(sealed)
    }
    return all
  }

  private *relearnAll(stream: StreamId, events: readonly StoredEvent[]): Work<void> {
    for (const event of events) yield* this.keys.relearn(stream, event)
  }

  private *supersede(events: readonly string[]): Work<void> {
    let destroyed = 0
    for (const id of events) destroyed += yield* this.keys.supersede(id)
    if (destroyed > 0) yield* rowsOf(DUE)
  }

  private *bury(child: string, at: string, reason: ErasureReason): Work<void> {
    const put = 'INSERT INTO tombstones (child, erased_at, reason, keys_destroyed) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING'
    yield* rowsOf(put, child, at, reason)
    yield* this.keys.destroyOwn(child)
    yield* this.draftsKept.forget(child)
    yield* this.children.forget(child)
    yield* rowsOf(DUE)
  }

  private *readErasures(): Work<Erasure[]> {
    type Buried = { child: string; erased_at: string; reason: ErasureReason; keys_destroyed: number }
    const sql = 'SELECT child, erased_at, reason, keys_destroyed FROM tombstones ORDER BY erased_at, child'
    const all: Erasure[] = []
    for (const { child, erased_at, reason, keys_destroyed } of yield* rowsOf<Buried>(sql))
      all.push({ child, erasedAt: erased_at, reason, keysDestroyed: keys_destroyed, toRedact: yield* this.keys.joint(child) })
    return all
  }
}
