import { createHash } from 'node:crypto'

/** RFC 6962: a leaf is hashed behind 0x00 and a node behind 0x01, so that neither can pass for the other. */
const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The hash of a leaf's content. */
export const leafHash = (content: string | Uint8Array): Buffer => sha256(LEAF, typeof content === 'string' ? Buffer.from(content) : content)

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right)

export interface MerkleTreeState {
  readonly size: number
  /** Roots of the complete subtrees, the largest first, in hexadecimal. */
  readonly peaks: readonly string[]
}

/**
 * The root of a Merkle tree (RFC 6962, section 2.1) that grows by one leaf at a time. Keeps only the roots of the complete
 * subtrees: log2(size) hashes.
 */
export class MerkleTree {
  private count = 0
  /** Roots of complete subtrees, the largest first; their sizes are the binary digits of `count`. */
  private readonly peaks: Buffer[] = []

  /** The tree that a state was taken of, to go on with. */
  static of({ size, peaks }: MerkleTreeState): MerkleTree {
    if (peaks.length !== size.toString(2).replaceAll('0', '').length) throw new Error(`A tree of ${size} leaves does not have ${peaks.length} peaks.`)
    const tree = new MerkleTree()
    tree.count = size
    tree.peaks.push(...peaks.map((peak) => Buffer.from(peak, 'hex')))
    return tree
  }

  /** All it takes to go on with this tree elsewhere. */
  state(): MerkleTreeState {
    return { size: this.count, peaks: this.peaks.map((peak) => peak.toString('hex')) }
  }

  get size(): number {
    return this.count
  }

  add(leaf: Buffer): void {
    let node = leaf
    for (let bits = this.count; bits % 2 === 1; bits = Math.floor(bits / 2)) node = nodeHash(this.peaks.pop()!, node)
    this.peaks.push(node)
    this.count++
  }

  /** SHA-256 of nothing for the empty tree. */
  root(): Buffer {
    return this.peaks.length === 0 ? sha256() : this.peaks.reduceRight((right, left) => nodeHash(left, right))
  }
}
