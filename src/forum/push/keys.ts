import { createECDH, hkdfSync } from 'node:crypto'
import push from 'web-push'
import type { Forum } from '../forum.ts'

const KEY_BYTES = 32

interface Keys {
  /** As browsers expect it: base64url of an uncompressed point of P-256. */
  publicKey: string
  privateKey: string
}

/**
 * The forum's key pair for push services (RFC 8292). It is derived from the secret, so that all processes have the same.
 */
function keysOf({ secret }: Pick<Forum, 'secret'>): Keys {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.from(hkdfSync('sha256', secret, '', 'push', KEY_BYTES)))
  return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url') }
}

export const pushKey = (forum: Pick<Forum, 'secret'>): string => keysOf(forum).publicKey

/** Headers that prove to a push service that a message is the forum's. */
export function signedFor(forum: Pick<Forum, 'secret' | 'config'>, address: URL): Record<string, string> {
  const { origin, mailFrom } = forum.config
  const { publicKey, privateKey } = keysOf(forum)
  // The contact for the service's operators. They accept only https or a mail address.
  const contact = origin.startsWith('https:') ? origin : `mailto:${mailFrom.replace(/^[^<]*<|>$/g, '')}`
  const { Authorization } = push.getVapidHeaders(address.origin, contact, publicKey, privateKey, 'aes128gcm')
  return { authorization: Authorization }
}
