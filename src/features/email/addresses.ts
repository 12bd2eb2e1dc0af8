import { eq } from 'drizzle-orm'
import { accountMail } from '../../../views/mails/account-mail.ts'
import { type Database, isUniqueViolation } from '../../platform/database/database.ts'
import type { Forum } from '../../platform/forum.ts'
import { invalidField, notFound } from '../../platform/http/errors.ts'
import { takeAttempt } from '../../platform/http/rate-limits.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { queueMails } from '../../platform/mail/mail.ts'
import { passwordMatches } from '../accounts/passwords.ts'
import { members } from '../accounts/schema.ts'
import { beginDigests, endDigests } from '../digests/settings.ts'
import { addressKey } from './address-key.ts'
import { emailAddresses } from './schema.ts'
import { forgetTokens, makeToken, useToken } from './tokens.ts'

/** The address of a member, and whether anything is sent there; null where they have confirmed none. */
export async function addressOfMember(database: Database, memberId: number) {
  const [found] = await database.select().from(emailAddresses).where(eq(emailAddresses.memberId, memberId))
  return found ?? null
}

interface Owner {
  id: number
  username: string
  language: Language
}

/**
 * Sends the link that confirms an address; it becomes the member's only then. Whether it is another's already is
 * never told here.
 * @throws Problem 429 for too many, to one address or by one member.
 */
export async function askToConfirm(forum: Forum, owner: Owner, address: string): Promise<void> {
  await takeAttempt(forum, { action: 'confirm by member', most: 5, seconds: 86_400 }, String(owner.id))
  await takeAttempt(forum, { action: 'confirm address', most: 3, seconds: 86_400 }, addressKey(address))
  await forum.database.transaction(async (transaction) => {
    const token = await makeToken(transaction, 'confirm', owner.id, address)
    const link = `${forum.config.origin}/confirm/${token}`
    const content = accountMail(owner, 'confirm', link)
    await queueMails(forum, transaction, [{ member: owner.id, kind: 'account', address, content }])
  })
}

/** Makes sure that it is the member who asks. @throws Problem 422 when the password is wrong, 429 after many. */
export async function mustKnowPassword(forum: Forum, memberId: number, password: string): Promise<void> {
  await takeAttempt(forum, { action: 'change-password', most: 10, seconds: 600 }, String(memberId))
  const [member] = await forum.database.select().from(members).where(eq(members.id, memberId))
  if (!member || !(await passwordMatches(password, member.passwordHash))) {
    throw invalidField('password', 'accounts.wrong_password')
  }
}

/**
 * Makes an address the one of the member whom its link was sent to; the address that it replaces is told so.
 * @throws Problem 404 for a link that is used, old or not ours; 422 when the address is another member's.
 */
export async function confirmAddress(forum: Forum, token: string): Promise<void> {
  try {
    await forum.database.transaction(async (transaction) => {
      const used = await useToken(transaction, 'confirm', token)
      if (!used?.address) throw notFound('email.no_such_link')
      const { memberId, address } = used
      // A link to another password may wait in the mailbox that is given up.
      await forgetTokens(transaction, memberId)
      const [before] = await transaction.select().from(emailAddresses).where(eq(emailAddresses.memberId, memberId))
      const row = { address, addressKey: addressKey(address), refusals: 0, refusedAt: null, pausedAt: null }
      await transaction
        .insert(emailAddresses)
        .values({ memberId, ...row })
        .onConflictDoUpdate({ target: emailAddresses.memberId, set: row })
      await beginDigests(transaction, memberId)
      if (!before || before.addressKey === row.addressKey) return
      const [owner] = await transaction
        .select({ username: members.username, language: members.language })
        .from(members)
        .where(eq(members.id, memberId))
      if (!owner) return
      const content = accountMail(owner, 'changed', `${forum.config.origin}/settings/email`)
      await queueMails(forum, transaction, [{ member: memberId, kind: 'account', address: before.address, content }])
    })
  } catch (error) {
    if (isUniqueViolation(error, 'email_addresses_key')) throw invalidField('email', 'email.taken')
    throw error
  }
}

/** Forgets the address of a member, and the link with which another would be confirmed. */
export async function removeAddress({ database }: Forum, memberId: number): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.delete(emailAddresses).where(eq(emailAddresses.memberId, memberId))
    await forgetTokens(transaction, memberId)
    await endDigests(transaction, memberId)
  })
}
