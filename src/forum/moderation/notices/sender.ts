import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { unsealed } from '../../../platform/crypto/sealed.ts'

/** What the sender of a notice is sealed for. */
export const SENDER = 'notice sender'

const Sender = Type.Object({
  name: Type.String(),
  email: Type.String(),
  /** Of which the database else has the hash: a mail about the decision leads there again. */
  code: Type.String(),
})

/** Where the sender of a notice wants mail, with their code; null where they want none, or the secret is another since. */
export function mailedSender(secret: string, bytes: Buffer | null): { email: string; code: string } | null {
  if (!bytes) return null
  try {
    const sender = unsealed(secret, SENDER, bytes)
    return Value.Check(Sender, sender) && sender.email !== '' ? sender : null
  } catch {
    return null
  }
}
