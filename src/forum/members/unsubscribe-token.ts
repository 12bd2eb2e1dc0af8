import { readSigned, sign } from '../../platform/crypto/signed.ts'
import type { Forum } from '../forum.ts'

const KINDS = ['digest', 'notification'] as const

/** What a link at the end of a mail stops: one kind of mails, or all that comes of one thread. */
export type UnsubscribeRequest =
  | { member: number; kind: (typeof KINDS)[number] }
  | { member: number; kind: 'thread'; thread: number }

const PURPOSE = 'unsubscribe'

/** The end of a link that stops something for a member without a login. */
export function unsubscribeToken({ secret }: Pick<Forum, 'secret'>, request: UnsubscribeRequest): string {
  const { member, kind } = request
  return sign(secret, PURPOSE, kind === 'thread' ? `${kind}-${member}-${request.thread}` : `${kind}-${member}`)
}

/** What such a link stops; null when it is not one of ours. */
export function readUnsubscribe({ secret }: Pick<Forum, 'secret'>, token: string): UnsubscribeRequest | null {
  const [name, member, thread] = (readSigned(secret, PURPOSE, token) ?? '').split('-')
  if (name === 'thread') return { member: Number(member), kind: name, thread: Number(thread) }
  const kind = KINDS.find((one) => one === name)
  return kind ? { member: Number(member), kind } : null
}
