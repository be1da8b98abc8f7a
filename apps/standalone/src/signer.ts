import { MerkleTree, signNote, type SqliteEventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'

const PAGE = 5000
const EVERY_MS = 60_000

/**
 * Signs the history as it grows: every minute in which something was recorded, and at the end. The checkpoints are kept in the vault,
 * apart from the history they check.
 */
export class HistorySigner {
  private readonly tree = new MerkleTree()
  private readonly timer: NodeJS.Timeout
  private signed = 0
  private working: Promise<void> = Promise.resolve()

  constructor(
    private readonly store: SqliteEventStore,
    private readonly vault: Vault,
  ) {
    this.timer = setInterval(() => void this.sign().catch(() => undefined), EVERY_MS)
    this.timer.unref()
  }

  sign(): Promise<void> {
    return (this.working = this.working.then(() => this.signNow()))
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.sign()
  }

  private async signNow(): Promise<void> {
    for (let page = this.store.leaves(this.tree.size, PAGE); page.length > 0; page = this.store.leaves(this.tree.size, PAGE)) {
      for (const leaf of page) this.tree.add(leaf)
      // Recording goes before signing.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (this.tree.size === this.signed) return
    const { privateKey, publicKey } = await this.vault.signingKeys()
    await this.vault.keepNote(this.tree.size, signNote({ size: this.tree.size, root: this.tree.root() }, privateKey, publicKey))
    this.signed = this.tree.size
  }
}
