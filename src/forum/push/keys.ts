import { createECDH, hkdfSync } from 'node:crypto'
import push from 'web-push'
import type { Forum } from '../forum.ts'

const KEY_BYTES = 32

interface Keys {
  /** As browsers are given it: base64url of an uncompressed point of P-256. */
  publicKey: string
  privateKey: string
}

/** The pair by which a push service knows the forum (RFC 8292), made of its secret: every process has the same. */
function keysOf({ secret }: Pick<Forum, 'secret'>): Keys {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.from(hkdfSync('sha256', secret, '', 'push', KEY_BYTES)))
  return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url') }
}

export const pushKey = (forum: Pick<Forum, 'secret'>): string => keysOf(forum).publicKey

/** What shows a push service that a message is the forum's. */
export function signedFor(forum: Pick<Forum, 'secret' | 'config'>, address: URL): Record<string, string> {
  const { origin, mailFrom } = forum.config
  const { publicKey, privateKey } = keysOf(forum)
  // Whom its operators may write to: they refuse what is neither https nor an address.
  const contact = origin.startsWith('https:') ? origin : `mailto:${mailFrom.replace(/^[^<]*<|>$/g, '')}`
  const { Authorization } = push.getVapidHeaders(address.origin, contact, publicKey, privateKey, 'aes128gcm')
  return { authorization: Authorization }
}
