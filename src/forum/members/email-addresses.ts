import { eq } from 'drizzle-orm'
import { type Database, isUniqueViolation, type Transaction } from '../../platform/database/database.ts'
import { queueMails } from '../../platform/mail/mail.ts'
import { invalidField, notFound } from '../../platform/problem.ts'
import { attemptsBeyond, takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { emailAddresses } from '../../schema/email-addresses.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { addressKey } from './email-key.ts'
import { forgetTokens, makeToken, useToken } from './email-tokens.ts'
import { holdSession, type InSession } from './sessions/hold-session.ts'

/** A member's confirmed address, and whether mails to it are paused; null without one. */
export async function emailOfMember(database: Database | Transaction, memberId: number) {
  const [found] = await database.select().from(emailAddresses).where(eq(emailAddresses.memberId, memberId))
  return found ?? null
}

interface Owner {
  id: number
  username: string
  language: Language
}

const DAY = 86_400
/** Limits of one member, to all addresses and to one. Nobody else can use them up. */
const BY_MEMBER = { action: 'confirm by member', most: 5, seconds: DAY }
const TO_ADDRESS = { action: 'confirm by member to address', most: 3, seconds: DAY }
/** The limit of an address for all accounts together. After it, one mail every ten minutes is still sent. */
const BY_ALL = { action: 'confirm address by all', most: 20, seconds: DAY }
const ONE_OF_ALL = { action: 'confirm wanted address', most: 1, seconds: 600 }

/**
 * Sends the link that confirms an address. The address becomes the member's only after that. Never reveals whether
 * another member has it already.
 * @param sessionId the session that asks; absent right after registration.
 * @throws Problem 401 when the session has just ended, 429 for too many mails to one address or by one member.
 */
export async function askToConfirm(forum: Forum, owner: Owner, address: string, sessionId?: string): Promise<void> {
  const key = addressKey(address)
  await takeAttempt(forum, BY_MEMBER, String(owner.id))
  await takeAttempt(forum, TO_ADDRESS, `${owner.id}\n${key}`)
  if ((await attemptsBeyond(forum, BY_ALL, key)) > 0) await takeAttempt(forum, ONE_OF_ALL, key)
  await forum.database.transaction(async (transaction) => {
    // Changing the password makes all links invalid, so the two must not run at once.
    if (sessionId !== undefined) await holdSession(transaction, { memberId: owner.id, sessionId })
    const token = await makeToken(transaction, 'confirm', owner.id, address)
    const link = `${forum.config.origin}/confirm/${token}`
    const content = forum.mails.account(owner, 'confirm', link)
    await queueMails(forum, transaction, [{ member: owner.id, kind: 'account', urgent: true, address, content }])
  })
}

/** A member and their newly confirmed address. */
export interface Confirmed {
  memberId: number
  username: string
  address: string
}

/**
 * Makes an address the member's own, and tells the former address by mail.
 * @throws Problem 404 for a link that is used, expired or not ours; 422 when another member has the address.
 */
export async function confirmAddress(forum: Forum, token: string): Promise<Confirmed> {
  try {
    return await forum.database.transaction(async (transaction) => {
      const used = await useToken(transaction, 'confirm', token)
      if (!used?.address) throw notFound('email.no_such_link')
      const { memberId, address } = used
      // Links to reset the password may be in the mailbox of the former address.
      await forgetTokens(transaction, memberId)
      const [before] = await transaction.select().from(emailAddresses).where(eq(emailAddresses.memberId, memberId))
      const row = { address, addressKey: addressKey(address), refusals: 0, refusedAt: null, pausedAt: null }
      await transaction
        .insert(emailAddresses)
        .values({ memberId, ...row })
        .onConflictDoUpdate({ target: emailAddresses.memberId, set: row })
      await runSteps(forum.steps.addressChanged, transaction, { kind: 'confirmed', memberId })
      const owner = await ownerOf(transaction, memberId)
      const confirmed = { memberId, username: owner.username, address }
      if (!before || before.addressKey === row.addressKey) return confirmed
      const content = forum.mails.account(owner, 'changed', `${forum.config.origin}/settings/email`)
      await queueMails(forum, transaction, [
        { member: memberId, kind: 'account', urgent: true, address: before.address, content },
      ])
      return confirmed
    })
  } catch (error) {
    if (isUniqueViolation(error, 'email_addresses_key')) throw invalidField('email', 'email.taken')
    throw error
  }
}

/**
 * Removes a member's address, tells it by mail, and makes a link that would confirm another invalid.
 * @throws Problem 401 when the session has just ended.
 */
export async function removeAddress(forum: Forum, asking: InSession): Promise<void> {
  const { memberId } = asking
  await forum.database.transaction(async (transaction) => {
    await holdSession(transaction, asking)
    const [removed] = await transaction
      .delete(emailAddresses)
      .where(eq(emailAddresses.memberId, memberId))
      .returning({ address: emailAddresses.address })
    await forgetTokens(transaction, memberId)
    await runSteps(forum.steps.addressChanged, transaction, { kind: 'removed', memberId })
    if (!removed) return
    const content = forum.mails.account(
      await ownerOf(transaction, memberId),
      'removed',
      `${forum.config.origin}/settings/email`,
    )
    await queueMails(forum, transaction, [
      { member: memberId, kind: 'account', urgent: true, address: removed.address, content },
    ])
  })
}

async function ownerOf(transaction: Transaction, memberId: number) {
  const [owner] = await transaction
    .select({ username: members.username, language: members.language })
    .from(members)
    .where(eq(members.id, memberId))
  if (!owner || owner.username === null) throw notFound('email.no_such_link')
  return { ...owner, username: owner.username }
}
