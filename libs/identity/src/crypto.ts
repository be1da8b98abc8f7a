import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { SealedText, StreamId } from '@circumspect/domain'

const NONCE = 12
const TAG = 16

/** AES-256-GCM: nonce, ciphertext and tag in one. `bound` must be the same at decryption. */
export function encrypt(key: Buffer, plain: Buffer, bound: string): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws where the key, the content or what it is bound to is another. */
export function decrypt(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(sealed.subarray(-TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
}

/** The parts, told apart whatever they contain. */
export const boundTo = (...parts: string[]): string => JSON.stringify(parts)

export const hmac = (key: Buffer, ...parts: string[]): Buffer => createHmac('sha256', key).update(boundTo(...parts)).digest()

/** The first bytes as a UUID of version 8 (RFC 9562). */
export function uuidOf(hash: Buffer): string {
  const bytes = Buffer.from(hash.subarray(0, 16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Seals one text under its own data key, bound to where it stands. */
export function sealText(key: Buffer, keyId: string, text: string, stream: StreamId, eventId: string, field: string): SealedText {
  const sealed = encrypt(key, Buffer.from(text), boundTo(stream, eventId, field, keyId))
  return { v: 1, keyId, nonce: sealed.subarray(0, NONCE).toString('base64url'), ciphertext: sealed.subarray(NONCE).toString('base64url') }
}

/** The text; throws if it was changed or moved. */
export function openText(key: Buffer, sealed: SealedText, stream: StreamId, eventId: string, field: string): string {
  const bytes = Buffer.concat([Buffer.from(sealed.nonce, 'base64url'), Buffer.from(sealed.ciphertext, 'base64url')])
  return decrypt(key, bytes, boundTo(stream, eventId, field, sealed.keyId)).toString('utf8')
}
