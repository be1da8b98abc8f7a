import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { leafHash, MerkleTree } from './tree'

/** Leaves and roots of the reference tests of Certificate Transparency (RFC 6962), tree sizes 0 to 8. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** The tree hash as RFC 6962, section 2.1, defines it: by splitting at the largest power of two below the size. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest()
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return createHash('sha256').update('\x01').update(treeHash(leaves.slice(0, split))).update(treeHash(leaves.slice(split))).digest()
}

describe('the Merkle tree', () => {
  it('gives the roots of the reference tests', () => {
    const tree = new MerkleTree()
    const roots = [tree.root().toString('hex')]
    for (const leaf of LEAVES) {
      tree.add(leafHash(Buffer.from(leaf, 'hex')))
      roots.push(tree.root().toString('hex'))
    }
    expect(roots).toEqual(ROOTS)
    expect(tree.size).toBe(8)
  })

  it('grows to the root that the definition gives, at every size', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 70 }), (contents) => {
        const tree = new MerkleTree()
        const leaves = contents.map((content) => leafHash(content))
        leaves.forEach((leaf, i) => {
          tree.add(leaf)
          expect(tree.root()).toEqual(treeHash(leaves.slice(0, i + 1)))
        })
      }),
    )
  })

  it('hashes text as its UTF-8 bytes', () => {
    expect(leafHash('é😀')).toEqual(leafHash(Buffer.from('c3a9f09f9880', 'hex')))
  })
})
