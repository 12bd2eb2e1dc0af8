import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/database.ts'
import { mails } from './schema.ts'

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
  kind: 'account' | 'digest' | 'notification'
  content: MailContent
  /** Of several mails to a member with the same one, only the first is sent. */
  uniqueKey?: string
  /** Where to, when it is not the address that the member has confirmed. */
  address?: string
}

/** Has mails sent once the transaction commits. */
export async function queueMails(transaction: Database | Transaction, queued: readonly Mail[]): Promise<void> {
  if (queued.length === 0) return
  await transaction
    .insert(mails)
    .values(queued.map(({ member, ...mail }) => ({ memberId: member, ...mail })))
    .onConflictDoNothing()
  await transaction.execute(sql`select graphile_worker.add_job('send_mails', job_key => 'send_mails')`)
}
