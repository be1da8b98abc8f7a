import type { SqliteEventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'

const EVERY_MS = 60_000

/**
 * Signs the history as it grows: every minute in which something was recorded, and at the end. The checkpoints are kept in the vault,
 * apart from the history they check.
 */
export class HistorySigner {
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
    return (this.working = this.working.catch(() => undefined).then(() => this.signNow()))
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.sign()
  }

  private async signNow(): Promise<void> {
    const { size, note } = await this.store.checkpoint(await this.vault.signingKeys())
    if (size > this.signed) await this.vault.keepNote(size, note)
    this.signed = size
  }
}
