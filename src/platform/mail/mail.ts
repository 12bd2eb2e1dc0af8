import { type SQL, sql } from 'drizzle-orm'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { sealed, unsealed } from '../crypto/sealed.ts'
import type { Database, Transaction } from '../database/database.ts'
import { deleteInSlices } from '../database/delete-in-slices.ts'
import { addJob } from '../jobs/jobs.ts'
import type { MailContext } from './context.ts'
import { forgetOutbox } from './outbox-folder.ts'

/*
 * The queue is a table `mails` of the application, with at least these columns: `id`, `member_id`, `kind`, `unique_key` (unique
 * for each member), `urgent`, `letter` (bytea; null once the mail was sent or dropped), `state` ('queued', 'sent', 'dropped',
 * 'failed'), `tries`, `problem`, `next_try_at`, `sender` (see `lease.ts`), `created_at`, `bounced_at`. It may have others: see `Mail.columns`.
 */

/** What a mail says, in both its forms. */
const MailContent = Type.Object({
  subject: Type.String(),
  text: Type.String(),
  html: Type.String(),
  /** The token of `/unsubscribe/TOKEN`, for mail programs to offer (RFC 8058). */
  unsubscribe: Type.Optional(Type.String()),
  /** Mail programs show all mails with the same one together. */
  conversation: Type.Optional(Type.String()),
})
export type MailContent = Static<typeof MailContent>

/** As it waits in the queue: with its address, where that is not the one that its member has confirmed. */
const SealedMail = Type.Object({ ...MailContent.properties, address: Type.Optional(Type.String()) })
export type SealedMail = Static<typeof SealedMail>

/** A mail to be queued. */
export interface Mail {
  /** Null: somebody without an account; then `address` says where to. */
  member: number | null
  kind: string
  /** Its member waits for it: it is sent first, to a paused address too, and without the header fields of a mailing list. */
  urgent?: boolean
  content: MailContent
  /** Of several mails to a member with the same one, only the first is sent. */
  uniqueKey?: string
  /** Where to, when it is not the address that the member has confirmed. */
  address?: string
  /** Columns of the application's own, by name. */
  columns?: Record<string, SQL>
  /** It is not sent before so many hours have passed. */
  waitHours?: number
}

const PURPOSE = 'mail'

/** Has mails sent once the transaction commits, and never if it does not. */
export async function queueMails(
  context: Pick<MailContext, 'secret'>,
  transaction: Transaction,
  queued: readonly Mail[],
): Promise<void> {
  if (queued.length === 0) return
  const own = [...new Set(queued.flatMap(({ columns = {} }) => Object.keys(columns)))]
  const names = ['member_id', 'kind', 'unique_key', 'urgent', 'letter', 'next_try_at', ...own]
  const rows = queued.map((mail) => sql`(${sql.join([...valuesOf(context, mail), ...ownValues(mail, own)], sql`, `)})`)
  await transaction.execute(sql`
    insert into mails (${sql.join(
      names.map((name) => sql.identifier(name)),
      sql`, `,
    )})
    values ${sql.join(rows, sql`, `)}
    on conflict do nothing`)
  await addJob(transaction, 'send_mails')
}

function valuesOf({ secret }: Pick<MailContext, 'secret'>, mail: Mail): SQL[] {
  const { member, kind, uniqueKey = null, urgent = false, content, address, waitHours = 0 } = mail
  const letter = sealed(secret, PURPOSE, address === undefined ? content : { ...content, address })
  return [
    sql`${member}::bigint`,
    sql`${kind}`,
    sql`${uniqueKey}::text`,
    sql`${urgent}::boolean`,
    sql`${letter}::bytea`,
    sql`now() + make_interval(hours => ${waitHours}::int)`,
  ]
}

const ownValues = ({ columns = {} }: Mail, names: readonly string[]): SQL[] =>
  names.map((name) => columns[name] ?? sql`default`)

/**
 * Forgets the mails of a kind to a member that wait, or could be sent again: they want none any more.
 * @param uniqueKey how the keys of those begin.
 */
export async function dropMails(
  transaction: Transaction,
  member: number,
  kind: string,
  uniqueKey?: string,
): Promise<void> {
  const isThese = uniqueKey === undefined ? sql`true` : sql`starts_with(unique_key, ${uniqueKey})`
  await transaction.execute(sql`
    update mails set state = case state when 'queued' then 'dropped' else state end, letter = null
    where member_id = ${member} and kind = ${kind} and letter is not null and sender is null and ${isThese}`)
}

/** How many mails wait. */
export async function countQueued(database: Database): Promise<number> {
  const { rows } = await database.execute<{ queued: number }>(
    sql`select count(*) as queued from mails where state = 'queued'`,
  )
  return rows[0]?.queued ?? 0
}

/** What a waiting mail says, and where to; null when the secret is another since, so that nobody can read it any more. */
export function unsealContent({ secret }: Pick<MailContext, 'secret'>, letter: Buffer): SealedMail | null {
  try {
    const content = unsealed(secret, PURPOSE, letter)
    return Value.Check(SealedMail, content) ? content : null
  } catch {
    return null
  }
}

/** Marks a mail as one that came back. Answers whom it was for, the first time; null each further time. */
export async function markBounced(
  transaction: Transaction,
  mail: number,
): Promise<{ member: number; kind: string } | null> {
  const { rows } = await transaction.execute<{ member: number; kind: string }>(sql`
    update mails set bounced_at = now() where id = ${mail} and bounced_at is null returning member_id as member, kind`)
  return rows[0] ?? null
}

/**
 * Sends a mail that waits or has failed at once, as if it had never been tried. Answers whether it is there, with what it
 * says, and not being sent.
 */
export async function sendAgain(transaction: Transaction, mail: number): Promise<boolean> {
  const { rowCount } = await transaction.execute(sql`
    update mails set state = 'queued', tries = 0, next_try_at = now()
    where id = ${mail} and state in ('queued', 'failed') and letter is not null and sender is null`)
  if (rowCount === 0) return false
  await addJob(transaction, 'send_mails')
  return true
}

/** Forgets what mails say that have failed, once they were written before a moment: nobody sends them again. */
export async function forgetFailedMails(database: Database, before: Date): Promise<void> {
  await database.execute(sql`
    update mails set letter = null
    where state = 'failed' and letter is not null and created_at < ${before.toISOString()}::timestamptz`)
}

/** Forgets the mails of before a moment, whatever became of them, and the files of those without a server. */
export async function forgetOldMails(database: Database, dataDir: string, before: Date): Promise<void> {
  await deleteInSlices(database, 'mails', sql`created_at < ${before.toISOString()}::timestamptz`)
  await forgetOutbox(dataDir, before)
}

/** Forgets all mails to a member, and that they were sent. */
export async function forgetMailsOf(transaction: Transaction, member: number): Promise<void> {
  await transaction.execute(sql`delete from mails where member_id = ${member}`)
}
