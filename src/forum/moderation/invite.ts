import { inTransaction } from '../../platform/database/in-transaction.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import type { Forum } from '../forum.ts'
import { makeInvitation } from '../members/invitations.ts'
import { recordAct } from './record-act.ts'

const INVITATIONS = { action: 'invite', most: 50, seconds: 86_400 }

/** Makes an invitation and logs it. Answers its code. @throws Problem 429 */
export async function invite(forum: Forum, by: number): Promise<string> {
  await takeAttempt(forum, INVITATIONS, String(by))
  return inTransaction(forum, async (transaction) => {
    await recordAct(transaction, { kind: 'invite', by })
    return makeInvitation(transaction, by)
  })
}
