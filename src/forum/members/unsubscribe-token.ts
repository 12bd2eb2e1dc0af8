import { readSigned, sign } from '../../platform/crypto/signed.ts'
import type { Forum } from '../forum.ts'

const KINDS = ['digest', 'notification'] as const

/** What an unsubscribe link stops: a kind of mail, or all mails about one thread. */
export type UnsubscribeRequest =
  | { member: number; kind: (typeof KINDS)[number] }
  | { member: number; kind: 'thread'; thread: number }

const PURPOSE = 'unsubscribe'

/** The token of a link that unsubscribes a member without a login. */
export function unsubscribeToken({ secret }: Pick<Forum, 'secret'>, request: UnsubscribeRequest): string {
  const { member, kind } = request
  return sign(secret, PURPOSE, kind === 'thread' ? `${kind}-${member}-${request.thread}` : `${kind}-${member}`)
}

/** What such a link stops; null for one that is not ours. */
export function readUnsubscribe({ secret }: Pick<Forum, 'secret'>, token: string): UnsubscribeRequest | null {
  const [name, member, thread] = (readSigned(secret, PURPOSE, token) ?? '').split('-')
  if (name === 'thread') return { member: Number(member), kind: name, thread: Number(thread) }
  const kind = KINDS.find((one) => one === name)
  return kind ? { member: Number(member), kind } : null
}
