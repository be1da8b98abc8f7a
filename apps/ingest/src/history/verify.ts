import { openNote, verifyHistory, type HistorySource, type Verification } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'

/** Checks the whole history against its hashes and every checkpoint signed so far. Events may be appended meanwhile. */
export async function verifySigned(history: HistorySource, vault: Pick<Vault, 'notes' | 'signingKeys'>): Promise<Verification> {
  const { publicKey } = await vault.signingKeys()
  const checkpoints = (await vault.notes()).map((note) => openNote(note, publicKey))
  return verifyHistory(history, checkpoints)
}

/** Says what was found, and gives the exit code: 0 where it is whole, else 3. */
export function tellVerification(result: Verification, remedy: string, say: (text: string) => void): number {
  if (result.ok) {
    say(`The history is whole: ${result.size} events, root ${result.root.toString('hex')}.`)
    return 0
  }
  const { position, until, why } = result
  const where = position === until ? `Position ${position}` : `Between positions ${position} and ${until}`
  say(`The history is NOT whole. ${where}: ${why}\n${remedy}`)
  return 3
}
