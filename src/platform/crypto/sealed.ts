import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** A mail says much twice over, and what waits is written, read and forgotten: a fifth of it takes less time. */
const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** What only this forum can read again: a copy of the database, without the secret, says nothing. */
export function sealed(secret: string, purpose: string, value: unknown): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key(secret, purpose), nonce)
  const text = Buffer.concat([cipher.update(zstdCompressSync(JSON.stringify(value), QUICKLY)), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** @throws Error when it was sealed with another secret, or for another purpose. */
export function unsealed(secret: string, purpose: string, bytes: Buffer): unknown {
  const decipher = createDecipheriv(CIPHER, key(secret, purpose), bytes.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
  return JSON.parse(zstdDecompressSync(text).toString('utf8'))
}

const keys = new Map<string, Buffer>()

/** Each is derived once. */
function key(secret: string, purpose: string): Buffer {
  const name = `${purpose}\n${secret}`
  const known = keys.get(name) ?? Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
  keys.set(name, known)
  return known
}
