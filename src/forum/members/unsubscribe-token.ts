import { readSigned, sign } from '../../platform/crypto/signed.ts'
import type { Forum } from '../forum.ts'

const KINDS = ['digest', 'notification'] as const

/** What a link at the end of a mail stops. */
export interface UnsubscribeRequest {
  member: number
  kind: (typeof KINDS)[number]
}

const PURPOSE = 'unsubscribe'

/** The end of a link that stops one kind of mails to a member without a login. */
export const unsubscribeToken = ({ secret }: Pick<Forum, 'secret'>, { member, kind }: UnsubscribeRequest): string =>
  sign(secret, PURPOSE, `${kind}-${member}`)

/** What such a link stops; null when it is not one of ours. */
export function readUnsubscribe({ secret }: Pick<Forum, 'secret'>, token: string): UnsubscribeRequest | null {
  const [name, member] = (readSigned(secret, PURPOSE, token) ?? '').split('-')
  const kind = KINDS.find((one) => one === name)
  return kind ? { member: Number(member), kind } : null
}
