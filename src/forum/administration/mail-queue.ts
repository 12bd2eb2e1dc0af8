import { desc, eq } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { queueMails, sendAgain, unsealContent } from '../../platform/mail/mail.ts'
import { notFound } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { emailAddresses } from '../../schema/email-addresses.ts'
import type { MAIL_KINDS, MAIL_STATES } from '../../schema/enums.ts'
import { mails } from '../../schema/mails.ts'
import type { Forum } from '../forum.ts'

const MOST_SHOWN = 30
const TEST_MAILS = { action: 'send a test mail', most: 20, seconds: 3_600 }

/** A mail that waits or has failed, without its content, for admins. */
export interface MailInQueue {
  id: number
  kind: (typeof MAIL_KINDS)[number]
  /** The first character and the host, `z…@example.org`; null when the member has no address any more. */
  to: string | null
  createdAt: Date
  /** The time of the next try; null when the forum has stopped trying. */
  nextTryAt: Date | null
  tries: number
  /** The code of the last refusal, of SMTP (`550`) or of the connection (`ECONNREFUSED`). */
  problem: string | null
  /** Whether the text still exists: it is deleted some days after the mail has failed. */
  canBeSent: boolean
}

/** The newest failed mails, and the next ones to be sent. */
export async function mailQueue(
  forum: Pick<Forum, 'database' | 'secret'>,
): Promise<{ failed: MailInQueue[]; waiting: MailInQueue[] }> {
  const { database } = forum
  const [failed, waiting] = await Promise.all([
    rowsOf(database).where(eq(mails.state, 'failed')).orderBy(desc(mails.id)).limit(MOST_SHOWN),
    rowsOf(database).where(eq(mails.state, 'queued')).orderBy(desc(mails.urgent), mails.nextTryAt).limit(MOST_SHOWN),
  ])
  return { failed: failed.map((row) => shown(forum, row)), waiting: waiting.map((row) => shown(forum, row)) }
}

/**
 * Sends a mail that waits or has failed at once.
 * @throws Problem 404 when it no longer exists, or is being sent.
 */
export async function sendMailAgain(forum: Forum, mail: number): Promise<void> {
  const isSent = await inTransaction(forum, (transaction) => sendAgain(transaction, mail))
  if (!isSent) throw notFound('outbox.not_there')
}

/**
 * Sends an admin a test mail through the queue, a job and the mail server, like every other mail.
 * @throws Problem 429.
 */
export async function sendTestMail(
  forum: Forum,
  admin: { id: number; username: string; language: string },
  address: string,
): Promise<void> {
  await takeAttempt(forum, TEST_MAILS, String(admin.id))
  const content = forum.mails.account(admin, 'test', `${forum.config.origin}/admin`)
  await inTransaction(forum, (transaction) =>
    queueMails(forum, transaction, [{ member: admin.id, kind: 'test', urgent: true, address, content }]),
  )
}

/** A test mail and its state. */
export interface TestMail {
  state: (typeof MAIL_STATES)[number]
  problem: string | null
  createdAt: Date
}

/** The last test mail of any admin; null for none, or when it is deleted by now. */
export async function lastTestMail({ database }: Pick<Forum, 'database'>): Promise<TestMail | null> {
  const { state, problem, createdAt } = mails
  const [last] = await database
    .select({ state, problem, createdAt })
    .from(mails)
    .where(eq(mails.kind, 'test'))
    .orderBy(desc(mails.id))
    .limit(1)
  return last ?? null
}

const rowsOf = (database: Database) => {
  const { id, kind, state, letter, createdAt, nextTryAt, tries, problem } = mails
  return database
    .select({ id, kind, state, letter, createdAt, nextTryAt, tries, problem, address: emailAddresses.address })
    .from(mails)
    .leftJoin(emailAddresses, eq(emailAddresses.memberId, mails.memberId))
    .$dynamic()
}

function shown(
  forum: Pick<Forum, 'secret'>,
  { state, letter, nextTryAt, address: own, ...row }: Awaited<ReturnType<typeof rowsOf>>[number],
): MailInQueue {
  const content = letter && unsealContent(forum, letter)
  const address = content?.address ?? own
  return {
    ...row,
    to: address && masked(address),
    nextTryAt: state === 'queued' ? nextTryAt : null,
    canBeSent: content !== null,
  }
}

/** Admins need the host, to see which server refuses, but not the person. */
const masked = (address: string): string => `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`
