import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { unsealed } from '../../../platform/crypto/sealed.ts'

/** The purpose for which the sender of a notice is encrypted. */
export const SENDER = 'notice sender'

const Sender = Type.Object({
  name: Type.String(),
  email: Type.String(),
  /** The database has only its hash otherwise. The mail about the decision needs it for the link. */
  code: Type.String(),
})

/** The sender's address and code; null when they want no mail, or the secret has changed. */
export function mailedSender(secret: string, bytes: Buffer | null): { email: string; code: string } | null {
  if (!bytes) return null
  try {
    const sender = unsealed(secret, SENDER, bytes)
    return Value.Check(Sender, sender) && sender.email !== '' ? sender : null
  } catch {
    return null
  }
}
