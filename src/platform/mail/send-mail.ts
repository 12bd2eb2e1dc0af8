import { type SQL, sql } from 'drizzle-orm'
import { statement } from '../database/statement.ts'
import { compose } from './compose.ts'
import type { MailContext } from './context.ts'
import { DeliveryProblem } from './delivery-problem.ts'
import { unsealContent } from './mail.ts'
import type { Scope } from './transport.ts'

/** A mail that a sender has leased. */
export interface QueuedMail {
  id: number
  /** Null: it goes to the address in its letter. */
  member: number | null
  kind: string
  urgent: boolean
  letter: Buffer
  tries: number
  /** Tried for so long that it is given up if it fails once more. */
  old: boolean
  /** The member's; null when they have none, or take no mail at it. */
  address: string | null
  /** Whether that address has refused mails of late. */
  refused: boolean
  /** Whether something that it tells of is out of sight since. */
  outdated: boolean
  /** Who has leased it: see `lease.ts`. */
  sender: number
  scope: Scope
}

/** What the queue asks of the application, and what it reports. Only mails to addresses that members have confirmed count. */
export interface Recipients<Context> {
  /** SQL over the leased mails, called `held`; `address` is null where the mail must not be sent. */
  lookup: { joins: SQL; address: SQL; refused: SQL; outdated: SQL }
  /** It takes none, for good. */
  refused(context: Context, member: number): Promise<void>
  /** It has refused some before, and takes them again. */
  accepted(context: Context, member: number): Promise<void>
  /** A mail is not sent because something that it told of is out of sight; the rest of it is still to be told. */
  outdated(context: Context, mail: QueuedMail): Promise<void>
}

const LONGEST_WAIT_MINUTES = 240

/**
 * Sends a mail and writes down what became of it. Answers whether anybody was there.
 *
 * SMTP has no way to ask whether a server has a mail (RFC 1047). So it is written down as sent in the moment in which all
 * of it has left, while the server still makes up its mind, and put back if the server refuses: whoever is killed before
 * has sent nothing, and after has not to send it again. Only for that moment, some thousandths of a second, a mail is
 * rather sent twice than not at all; it has the same Message-ID then, by which a mailbox that has it knows it.
 *
 * A process that stops writes nothing down of what it breaks off: the mail is free again once its sender is gone. Neither
 * does a sender that has lost its hold (`lost`), whose mails others may have in hand by then; one that has left is in nobody's.
 */
export async function sendMail<Context extends MailContext>(
  context: Context,
  mail: QueuedMail,
  recipients: Recipients<Context>,
  { stop, lost }: { stop?: AbortSignal | undefined; lost: AbortSignal },
): Promise<boolean> {
  const content = unsealContent(context, mail.letter)
  const address = content?.address ?? mail.address
  if (!content || !address) {
    await end(context, mail, 'dropped')
    return true
  }
  if (mail.outdated) {
    await end(context, mail, 'dropped')
    await recipients.outdated(context, mail).catch((error: unknown) => {
      context.log.error({ err: error, mail: mail.id }, 'a mail was not written anew')
    })
    return true
  }
  // An address that is not confirmed yet is not the member's.
  const isConfirmed = content.address === undefined
  const composed = compose(context, mail, address, content)
  let settled = false
  let written: Promise<void> | null = null
  const breakOff = new AbortController()
  const letGo = () => {
    if (!written) breakOff.abort()
  }
  if (lost.aborted) letGo()
  lost.addEventListener('abort', letGo)
  const ended = stop ? AbortSignal.any([stop, breakOff.signal]) : breakOff.signal
  const onLeft = () => {
    if (settled) return
    written = end(context, mail, 'sent')
    // Waited for once the server has answered; that it failed is no news until then.
    written.catch(() => {})
  }
  const { id: number, scope, tries } = mail
  try {
    await context.transport.deliver({ number, mail: composed, scope, tries, onLeft, stop: ended })
    await written
    if (mail.refused && isConfirmed && mail.member !== null) await recipients.accepted(context, mail.member)
    return true
  } catch (error) {
    settled = true
    if (!(error instanceof DeliveryProblem)) throw error
    await written
    const { code, answered, permanent, concernsAddress } = error
    if (ended.aborted && !answered) return true
    context.log.warn({ mail: mail.id, code, permanent, tries: mail.tries + 1 }, 'a mail was not taken')
    if (permanent || mail.old) await end(context, mail, 'failed', code)
    else await tryLater(context, mail, code)
    if (concernsAddress && isConfirmed && mail.member !== null) await recipients.refused(context, mail.member)
    return answered
  } finally {
    lost.removeEventListener('abort', letGo)
  }
}

/** After 2, 4, 8 … minutes. */
async function tryLater(
  { database }: MailContext,
  { id, letter, sender, ...mail }: QueuedMail,
  problem: string,
): Promise<void> {
  const tries = mail.tries + 1
  const minutes = Math.min(2 ** tries, LONGEST_WAIT_MINUTES)
  await database.execute(sql`
    update mails
    set state = 'queued', letter = ${letter}, sender = null, tries = ${tries}, problem = ${problem},
        next_try_at = now() + make_interval(mins => ${minutes}::int)
    where id = ${id} and (sender = ${sender} or state = 'sent')`)
}

const endMail = statement(sql`
  update mails set state = ${sql.placeholder('state')}, letter = ${sql.placeholder('letter')}::bytea, sender = null,
    problem = ${sql.placeholder('problem')}::text
  where id = ${sql.placeholder('id')}
    and (sender = ${sql.placeholder('sender')} or (${sql.placeholder('failed')}::boolean and state = 'sent'))`)

/**
 * What a mail said, and where to, is forgotten with its end, unless it has failed: an admin may send it again. Only its sender ends a mail, or puts right what it has written
 * down too early: one that has lost its connection may find the mail leased to another.
 */
async function end(
  { database }: MailContext,
  { id, sender, letter }: QueuedMail,
  state: 'sent' | 'dropped' | 'failed',
  problem: string | null = null,
): Promise<void> {
  const failed = state === 'failed'
  await endMail(database, { id, sender, state, failed, problem, letter: failed ? letter : null })
}
