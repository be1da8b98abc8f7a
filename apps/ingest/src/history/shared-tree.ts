import { canonicalEvent, leafHash, MerkleTree, signNote, type EventStore, type SignedCheckpoint, type Signer } from '@circumspect/event-store'
import type { Checkpoints, Lease, Leases } from '@circumspect/identity'
import { z } from 'zod'
import type { Signable } from './history-signer'

export interface SharedTreeOptions {
  readonly store: Pick<EventStore, 'readAll'>
  readonly leases: Leases
  readonly checkpoints: Checkpoints
  /** Names this process run, never used twice. */
  readonly holder: string
}

const NAME = 'signed history'
const LEASE_MS = 180_000
const PAGE = 1000

const saved = z.object({ size: z.int().min(0), peaks: z.array(z.string().regex(/^[0-9a-f]{64}$/)) })

/**
 * The Merkle tree of a history that several processes write: one of them at a time goes on with it. What it takes to go on (the roots of
 * its complete subtrees) is kept as a checkpoint, so that each event is read once, and one that is altered later does not come into it.
 */
export class SharedTree implements Signable {
  constructor(private readonly options: SharedTreeOptions) {}

  async checkpoint({ privateKey, publicKey }: Signer): Promise<SignedCheckpoint | undefined> {
    const { leases, holder } = this.options
    const lease = await leases.acquire(NAME, holder, LEASE_MS)
    const tree = lease && (await this.grown(lease))
    if (!tree) return undefined
    const signed = { size: tree.size, root: tree.root() }
    return { ...signed, note: signNote(signed, privateKey, publicKey) }
  }

  /** Lets another go on at once. */
  async release(): Promise<void> {
    const { leases, holder } = this.options
    const lease = await leases.acquire(NAME, holder, LEASE_MS)
    if (lease) await leases.release(lease)
  }

  /** With all that is recorded now; undefined where another has taken over. */
  private async grown(lease: Lease): Promise<MerkleTree | undefined> {
    const { store, leases, checkpoints } = this.options
    const before = await checkpoints.read(NAME)
    const tree = before.value === undefined ? new MerkleTree() : MerkleTree.of(saved.parse(JSON.parse(before.value)))
    let { version } = before
    for (let page = await store.readAll(tree.size, PAGE); page.length > 0; page = await store.readAll(tree.size, PAGE)) {
      for (const event of page) tree.add(leafHash(canonicalEvent(event)))
      const written = (await leases.renew(lease, LEASE_MS)) ? await checkpoints.write(NAME, version, JSON.stringify(tree.state()), lease.token) : undefined
      if (written === undefined) return undefined
      version = written
    }
    return tree
  }
}
