import { and, eq, isNull, sql } from 'drizzle-orm'
import { mails } from '../../schema/mails.ts'
import { sealed, unsealed } from '../crypto/sealed.ts'
import type { Transaction } from '../database/database.ts'
import { addJob } from '../jobs/jobs.ts'
import type { MailContext } from './context.ts'

/** What a mail says, in both its forms. */
export interface MailContent {
  subject: string
  text: string
  html: string
  /** What the links to stop such mails lead to, for mail programs to offer: a token of `/unsubscribe/`. */
  unsubscribe?: string
  /** The thread that all mails about it are shown with, in mail programs. */
  about?: { thread: number }
}

export interface Mail {
  member: number
  /** An `account` mail is one that its member waits for: it goes first, and to a paused address too. */
  kind: 'account' | 'digest' | 'notification'
  content: MailContent
  /** Of several mails to a member with the same one, only the first is sent. */
  uniqueKey?: string
  /** Where to, when it is not the address that the member has confirmed. */
  address?: string
  /** The posts that it tells of: once one of them is out of sight, it is written anew instead of sent. */
  tells?: readonly { thread: number; number: number }[]
  /** Of a digest, from when on it tells. */
  since?: Date
  /** It is not sent before so many hours have passed. */
  waitHours?: number
}

/** What is written of a mail that waits: all that it says, and where to. */
export interface Letter extends MailContent {
  address?: string
}

const PURPOSE = 'mail'

/** Has mails sent once the transaction commits, and never if it does not. */
export async function queueMails(
  { secret }: Pick<MailContext, 'secret'>,
  transaction: Transaction,
  queued: readonly Mail[],
): Promise<void> {
  if (queued.length === 0) return
  await transaction
    .insert(mails)
    .values(
      queued.map(({ member, kind, uniqueKey, content, address, tells, since, waitHours = 0 }) => {
        const letter: Letter = address === undefined ? content : { ...content, address }
        return {
          memberId: member,
          kind,
          uniqueKey,
          urgent: kind === 'account',
          letter: sealed(secret, PURPOSE, letter),
          toldThreads: tells?.map(({ thread }) => thread) ?? null,
          toldNumbers: tells?.map(({ number }) => number) ?? null,
          toldSince: since ?? null,
          nextTryAt: sql`now() + make_interval(hours => ${waitHours})`,
        }
      }),
    )
    .onConflictDoNothing()
  await addJob(transaction, 'send_mails')
}

/**
 * Forgets the mails of a kind to a member that still wait: they want none any more.
 * @param uniqueKey how the keys of those begin.
 */
export async function dropMails(
  transaction: Transaction,
  member: number,
  kind: Mail['kind'],
  uniqueKey?: string,
): Promise<void> {
  const isThese = uniqueKey === undefined ? undefined : sql`starts_with(${mails.uniqueKey}, ${uniqueKey})`
  await transaction
    .update(mails)
    .set({ state: 'dropped', letter: null })
    .where(
      and(eq(mails.memberId, member), eq(mails.kind, kind), eq(mails.state, 'queued'), isNull(mails.sender), isThese),
    )
}

/** What a waiting mail says; null when the forum's secret is another since, so that nobody can tell any more. */
export function readLetter({ secret }: Pick<MailContext, 'secret'>, letter: Buffer): Letter | null {
  try {
    // Only `queueMails` can have sealed it.
    return unsealed(secret, PURPOSE, letter) as Letter
  } catch {
    return null
  }
}
