import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { InvalidNoteError, openNote, signNote } from './note'

const keys = generateKeyPairSync('ed25519')
const checkpoint = { size: 20_852_163, root: createHash('sha256').update('root').digest() }
const note = signNote(checkpoint, keys.privateKey, keys.publicKey)

/** C2SP signed-note: the first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ public key). */
const keyId = (name: string, key: Buffer) => createHash('sha256').update(`${name}\n`).update('\x01').update(key).digest().subarray(0, 4)

describe('a checkpoint as a signed note', () => {
  it('has the lines of C2SP tlog-checkpoint, signed with Ed25519', () => {
    const [origin, size, root, empty, signature, end, ...rest] = note.split('\n')
    expect([origin, size, root, empty, end, rest]).toEqual(['circumspect/history', '20852163', checkpoint.root.toString('base64'), '', '', []])
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(signature!)!
    const bytes = Buffer.from(encoded!, 'base64')
    expect(name).toBe(origin)
    const raw = Buffer.from(keys.publicKey.export({ format: 'jwk' }).x!, 'base64url')
    expect(bytes.subarray(0, 4)).toEqual(keyId(origin!, raw))
    expect(verify(null, Buffer.from(`${origin}\n${size}\n${root}\n`), keys.publicKey, bytes.subarray(4))).toBe(true)
  })

  it('names its key as the format does: by the published example', () => {
    const published = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1)
    expect(keyId('PeterNeumann', published).toString('hex')).toBe('c74f20a3')
  })

  it('opens to what was signed', () => {
    expect(openNote(note, keys.publicKey)).toEqual(checkpoint)
  })

  it('is refused under another key, and with any character changed', () => {
    expect(() => openNote(note, generateKeyPairSync('ed25519').publicKey)).toThrow(InvalidNoteError)
    for (let i = 0; i < note.length; i++) {
      const altered = note.slice(0, i) + String.fromCharCode(note.charCodeAt(i) ^ 1) + note.slice(i + 1)
      // Base64 has characters with bits to spare: such a note is the same note written differently.
      const opened = open(altered)
      if (opened) expect(opened, `character ${i}`).toEqual(checkpoint)
      else expect(() => openNote(altered, keys.publicKey)).toThrow(InvalidNoteError)
    }
    for (const cut of [note.slice(1), note.slice(0, -1), note.split('\n').slice(0, 4).join('\n'), '', `${note}\n`])
      expect(() => openNote(cut, keys.publicKey)).toThrow(InvalidNoteError)
  })
})

function open(text: string) {
  try {
    return openNote(text, keys.publicKey)
  } catch {
    return undefined
  }
}
