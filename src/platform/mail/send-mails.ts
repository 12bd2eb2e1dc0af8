import { sql } from 'drizzle-orm'
import type { MailContext } from './context.ts'
import { asSender, freeFromTheDead } from './lease.ts'
import { type Feedback, type HeldMail, sendMail } from './send-mail.ts'
import type { Lane } from './transport.ts'

/** After so many mails to each connection without any answer in between, the server is away. */
const SILENCES = 2
/** So long a mail is tried again. */
const GIVEN_UP = sql`interval '3 days'`

/** How a process that stops tells its senders so. */
export interface Stopping {
  /** Aborted: no more mails are taken in hand. */
  ending: AbortSignal
  /** Aborted: those under way are broken off. */
  over: AbortSignal
}

/**
 * Sends the mails that are due, on several connections at once, the urgent ones first, until there are no more. A mail is
 * in the hands of one sender, and free again as soon as that one has died: nothing waits for a process that was killed.
 */
export async function sendMails<Context extends MailContext>(
  context: Context,
  feedback: Feedback<Context>,
  lane: Lane = 'all',
  stop?: Stopping,
): Promise<void> {
  const { database, config, log } = context
  await freeFromTheDead(database)
  const connections = lane === 'urgent' ? 1 : config.mailConnections
  let silences = 0
  const isAway = () => silences >= SILENCES * connections

  await asSender(database, async (sender, lost) => {
    const due = dueMails(
      context,
      { sender, lane, connections },
      () => Boolean(stop?.ending.aborted) || isAway() || lost.aborted,
    )
    const loops = Array.from({ length: connections }, async () => {
      const ends = { stop: stop?.over, lost }
      for await (const mail of due) silences = (await sendMail(context, mail, feedback, ends)) ? 0 : silences + 1
    })
    // All have ended before others may take these mails in hand.
    for (const ended of await Promise.allSettled(loops)) if (ended.status === 'rejected') throw ended.reason
  })
  if (isAway()) log.warn('the mail server does not answer')
}

interface Sender {
  sender: number
  lane: Lane
  connections: number
}

/** Mails one by one, for several who ask; taken in hand a few at a time. */
async function* dueMails(context: MailContext, sender: Sender, hasEnded: () => boolean): AsyncGenerator<HeldMail> {
  while (!hasEnded()) {
    const held = await takeInHand(context, sender)
    if (held.length === 0) return
    for (const mail of held) {
      if (hasEnded()) return
      yield mail
    }
  }
}

async function takeInHand({ database }: MailContext, { sender, lane, connections }: Sender): Promise<HeldMail[]> {
  const { rows } = await database.execute<Omit<HeldMail, 'lane'> & Record<string, unknown>>(sql`
    with due as (
      select id from mails
      where state = 'queued' and sender is null and next_try_at <= now() ${lane === 'urgent' ? sql`and urgent` : sql``}
      order by urgent desc, next_try_at limit ${4 * connections}
      for update skip locked
    ), held as (
      update mails set sender = ${sender} from due where mails.id = due.id returning mails.*
    )
    select held.id, held.member_id as member, kind, letter, tries, sender,
      held.created_at < now() - ${GIVEN_UP} as old, coalesce(refusals > 0, false) as refused,
      told_since as since, exists (
        select from unnest(told_threads, told_numbers) as told (thread, number)
        join threads on threads.id = told.thread
        join posts on posts.thread_id = told.thread and posts.number = told.number
        where removed_at is not null or deleted_at is not null
      ) as outdated,
      case when paused_at is null or urgent then address end as address
    from held
    join members on members.id = held.member_id
    left join email_addresses on email_addresses.member_id = members.id and banned_at is null
    order by urgent desc, next_try_at`)
  return rows.map((mail) => ({ ...mail, since: mail.since && new Date(mail.since), lane }))
}
