import type { SignedCheckpoint, Signer } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'

/** A history that can be signed as it stands. */
export interface Signable {
  /** Undefined where another process signs. */
  checkpoint(keys: Signer): Promise<SignedCheckpoint | undefined>
}

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
    private readonly history: Signable,
    private readonly vault: Vault,
    private readonly log: (message: string) => void = () => undefined,
    every = EVERY_MS,
  ) {
    this.timer = setInterval(() => void this.attempt(), every)
    this.timer.unref()
  }

  /** How many events the last checkpoint says that this process made; 0 before the first. */
  get size(): number {
    return this.signed
  }

  sign(): Promise<void> {
    return (this.working = this.working.catch(() => undefined).then(() => this.signNow()))
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.attempt()
  }

  /** What could not be signed now is signed the next time. */
  private attempt(): Promise<void> {
    return this.sign().catch((error: unknown) => this.log(`The history could not be signed now (${String((error as { code?: unknown } | undefined)?.code ?? 'error')}).`))
  }

  private async signNow(): Promise<void> {
    const checkpoint = await this.history.checkpoint(await this.vault.signingKeys())
    if (!checkpoint || checkpoint.size <= this.signed) return
    await this.vault.keepNote(checkpoint.size, checkpoint.note)
    this.signed = checkpoint.size
  }
}
