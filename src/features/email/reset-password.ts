import { eq } from 'drizzle-orm'
import { accountMail } from '../../../views/mails/account-mail.ts'
import type { Forum } from '../../platform/forum.ts'
import { invalidFields, notFound } from '../../platform/http/errors.ts'
import { addressOf, takeAttempt } from '../../platform/http/rate-limits.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { change } from '../../platform/live/change.ts'
import { queueMails } from '../../platform/mail/mail.ts'
import { sealed, unsealed } from '../../platform/sealed.ts'
import { hashPassword, passwordProblem } from '../accounts/passwords.ts'
import { members, sessions } from '../accounts/schema.ts'
import { addressKey } from './address-key.ts'
import { emailAddresses } from './schema.ts'
import { holderOf, makeToken, useToken } from './tokens.ts'

const PURPOSE = 'password reset'

/**
 * Has the link sent with which a member gives themself another password, where a member has confirmed that address. A
 * job looks whether anybody has: answer and time are the same, whether or not.
 */
export async function askToReset(forum: Forum, address: string, request: { ip: string }): Promise<void> {
  await takeAttempt(forum, { action: 'reset', most: 10, seconds: 3_600 }, addressOf(request))
  await takeAttempt(forum, { action: 'reset address', most: 3, seconds: 3_600 }, addressKey(address))
  const asked = sealed(forum.secret, PURPOSE, addressKey(address)).toString('base64')
  await addJob(forum.database, 'send_password_reset', { asked })
}

/** The job of it, with the address as `askToReset` has sealed it. */
export async function sendPasswordReset(forum: Forum, asked: string): Promise<void> {
  const key = String(unsealed(forum.secret, PURPOSE, Buffer.from(asked, 'base64')))
  const [owner] = await forum.database
    .select({ id: members.id, username: members.username, language: members.language })
    .from(emailAddresses)
    .innerJoin(members, eq(members.id, emailAddresses.memberId))
    .where(eq(emailAddresses.addressKey, key))
  if (!owner) return
  await forum.database.transaction(async (transaction) => {
    const token = await makeToken(transaction, 'reset', owner.id, null)
    const content = accountMail(owner, 'reset', `${forum.config.origin}/reset/${token}`)
    await queueMails(forum, transaction, [{ member: owner.id, kind: 'account', content }])
  })
}

/**
 * Gives the member whom a link was sent to another password, and ends their sessions.
 * @throws Problem 404 for a link that is used, old or not ours; 422 for a password that is easy to guess.
 */
export async function resetByLink(forum: Forum, token: string, password: string): Promise<void> {
  const holder = await holderOf(forum.database, 'reset', token)
  if (!holder) throw notFound('email.no_such_link')
  const [member] = await forum.database.select().from(members).where(eq(members.id, holder.memberId))
  const problem = passwordProblem(password, member?.username ?? '')
  if (problem) throw invalidFields([problem])
  const passwordHash = await hashPassword(password)
  await change(forum, async (transaction, announce) => {
    if (!(await useToken(transaction, 'reset', token))) throw notFound('email.no_such_link')
    await transaction.update(members).set({ passwordHash }).where(eq(members.id, holder.memberId))
    await transaction.delete(sessions).where(eq(sessions.memberId, holder.memberId))
    await announce({ type: 'signed-out', member: holder.memberId })
  })
}
