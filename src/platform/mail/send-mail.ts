import { and, eq, sql } from 'drizzle-orm'
import { mails } from '../../schema/mails.ts'
import { compose } from './compose.ts'
import type { MailContext } from './context.ts'
import { DeliveryProblem } from './delivery-problem.ts'
import { readLetter } from './mail.ts'
import type { Lane } from './transport.ts'

/** A mail in the hands of a sender. */
export interface HeldMail {
  id: number
  member: number
  kind: 'account' | 'digest' | 'notification'
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
  /** Of a digest, from when on it tells. */
  since: Date | null
  /** In whose hands it is: see `lease.ts`. */
  sender: number
  lane: Lane
}

/** Who is told what addresses do with mails to the members that have confirmed them. */
export interface Feedback<Context> {
  /** It takes none, for good. */
  refused(context: Context, member: number): Promise<void>
  /** It has refused some before, and takes them again. */
  accepted(context: Context, member: number): Promise<void>
  /** A mail is not sent because something that it told of is out of sight; the rest of it is still to be told. */
  outdated(context: Context, mail: HeldMail): Promise<void>
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
  mail: HeldMail,
  feedback: Feedback<Context>,
  { stop, lost }: { stop?: AbortSignal | undefined; lost: AbortSignal },
): Promise<boolean> {
  const letter = readLetter(context, mail.letter)
  const address = letter?.address ?? mail.address
  if (!letter || !address) {
    await end(context, mail, 'dropped')
    return true
  }
  if (mail.outdated) {
    await end(context, mail, 'dropped')
    await feedback.outdated(context, mail).catch((error: unknown) => {
      context.log.error({ err: error, mail: mail.id }, 'a mail was not written anew')
    })
    return true
  }
  // An address that is not confirmed yet is not the member's.
  const isConfirmed = letter.address === undefined
  const composed = compose(context, { id: mail.id, kind: mail.kind, address, content: letter })
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
  const { id: number, lane, tries } = mail
  try {
    await context.transport.deliver({ number, mail: composed, lane, tries, onLeft, stop: ended })
    await written
    if (mail.refused && isConfirmed) await feedback.accepted(context, mail.member)
    return true
  } catch (error) {
    settled = true
    if (!(error instanceof DeliveryProblem)) throw error
    await written
    const { code, answered, permanent, blamesAddress } = error
    if (ended.aborted && !answered) return true
    context.log.warn({ mail: mail.id, code, permanent, tries: mail.tries + 1 }, 'a mail was not taken')
    if (permanent || mail.old) await end(context, mail, 'failed')
    else await tryLater(context, mail)
    if (blamesAddress && isConfirmed) await feedback.refused(context, mail.member)
    return answered
  } finally {
    lost.removeEventListener('abort', letGo)
  }
}

/** After 2, 4, 8 … minutes. */
async function tryLater({ database }: MailContext, { id, letter, sender, ...mail }: HeldMail): Promise<void> {
  const tries = mail.tries + 1
  const minutes = Math.min(2 ** tries, LONGEST_WAIT_MINUTES)
  await database
    .update(mails)
    .set({ state: 'queued', letter, sender: null, tries, nextTryAt: sql`now() + make_interval(mins => ${minutes})` })
    .where(and(eq(mails.id, id), sql`(${mails.sender} = ${sender} or ${mails.state} = 'sent')`))
}

/**
 * What a mail said, and where to, is forgotten with its end. Only its sender ends a mail, or puts right what it has written
 * down too early: one that has lost its connection may find the mail in other hands. The statement has a name, by which
 * PostgreSQL reads it once for each connection.
 */
async function end(
  { database }: MailContext,
  { id, sender }: HeldMail,
  state: 'sent' | 'dropped' | 'failed',
): Promise<void> {
  await database.$client.query({
    name: 'end_mail',
    text: `update mails set state = $2, letter = null, sender = null
           where id = $1 and (sender = $3 or ($2 = 'failed' and state = 'sent'))`,
    values: [id, state, sender],
  })
}
