import { and, eq, isNull, sql } from 'drizzle-orm'
import { sealed, unsealed } from '../../platform/crypto/sealed.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { queueMails } from '../../platform/mail/mail.ts'
import { invalidFields, notFound } from '../../platform/problem.ts'
import { attemptsBeyond, networkDigest } from '../../platform/rate-limits/rate-limits.ts'
import { Throttle } from '../../platform/rate-limits/throttle.ts'
import { emailAddresses } from '../../schema/email-addresses.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { addressKey } from './email-key.ts'
import { holderOf, makeToken, useToken } from './email-tokens.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { removeFactors } from './second-factor/remove-factors.ts'
import { setPassword } from './set-password.ts'

const PURPOSE = 'password reset'

const HOUR = 3_600
/** Limited for as long as a link is valid, so that after the limit the owner still has a valid one. */
const FROM_PLACE = { action: 'reset address from place', most: 3, seconds: HOUR }
const TO_ADDRESS = { action: 'reset address', most: 10, seconds: HOUR }
/** Many people may share a network address. More of them wait instead of failing. */
const BY_PLACE = { action: 'reset from place', most: 30, seconds: HOUR }
const PACE_MILLISECONDS = 500

const throttle = new Throttle()

/**
 * Requests the link that resets a password, for a confirmed address. A job then looks for the member, so that answer and
 * time never reveal whether one exists, or whether a link was just sent.
 * @throws Problem 429 when there was no turn within ten seconds.
 */
export async function askToReset(forum: Forum, address: string, request: { ip: string }): Promise<void> {
  const key = addressKey(address)
  const place = networkDigest(request)
  if ((await attemptsBeyond(forum, BY_PLACE, place)) > 0) await throttle.pass(place, PACE_MILLISECONDS)
  // No error: the links of the last hour are still valid.
  if ((await attemptsBeyond(forum, FROM_PLACE, `${place}\n${key}`)) > 0) return
  if ((await attemptsBeyond(forum, TO_ADDRESS, key)) > 0) return
  const asked = sealed(forum.secret, PURPOSE, key).toString('base64')
  await addJob(forum.database, 'send_password_reset', { asked })
}

/** The job of `askToReset`, with the sealed address. */
export async function sendPasswordReset(forum: Forum, asked: string): Promise<void> {
  const key = String(unsealed(forum.secret, PURPOSE, Buffer.from(asked, 'base64')))
  const [owner] = await forum.database
    .select({
      id: members.id,
      username: sql<string | null>`coalesce(${members.username}, ${members.formerUsername})`,
      language: members.language,
      leftAt: members.leftAt,
      address: emailAddresses.address,
    })
    .from(emailAddresses)
    .innerJoin(members, eq(members.id, emailAddresses.memberId))
    .where(and(eq(emailAddresses.addressKey, key), isNull(members.bannedAt)))
  if (!owner) return
  const { username, leftAt, address } = owner
  if (username === null) return
  await forum.database.transaction(async (transaction) => {
    const token = await makeToken(transaction, 'reset', owner.id, null)
    const content = forum.mails.account({ ...owner, username }, 'reset', `${forum.config.origin}/reset/${token}`)
    const mail = { member: owner.id, kind: 'account', urgent: true, content }
    // A former member gets only mails that name an address. Without this one they could not come back.
    await queueMails(forum, transaction, [leftAt ? { ...mail, address } : mail])
  })
}

/**
 * Gives the member of a link another password, and ends everything that the old one opened. A link made by an admin also
 * removes their second factor.
 * @throws Problem 404 for a link that is used, expired or not ours; 422 for a password that is easy to guess.
 */
export async function resetByLink(forum: Forum, token: string, password: string): Promise<void> {
  const rescued = await holderOf(forum.database, 'rescue', token)
  const holder = rescued ?? (await holderOf(forum.database, 'reset', token))
  if (!holder) throw notFound('email.no_such_link')
  const [member] = await forum.database.select().from(members).where(eq(members.id, holder.memberId))
  const problem = passwordProblem(password, member?.username ?? '')
  if (problem) throw invalidFields([problem])
  const passwordHash = await hashPassword(password)
  await inTransaction(forum, async (transaction, announce) => {
    if (!(await useToken(transaction, rescued ? 'rescue' : 'reset', token))) throw notFound('email.no_such_link')
    if (rescued) await removeFactors(transaction, holder.memberId)
    await setPassword(forum, transaction, announce, { memberId: holder.memberId, passwordHash })
  })
}
