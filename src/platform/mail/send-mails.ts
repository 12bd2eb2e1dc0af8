import { sql } from 'drizzle-orm'
import type { Forum } from '../forum.ts'
import { type HeldMail, type OnRefusal, sendMail } from './send-mail.ts'
import { asSender, freeFromTheDead } from './senders.ts'

/** After so many mails to each connection without any answer in between, the server is away. */
const SILENCES = 2
/** So long a mail is tried again. */
const GIVEN_UP = sql`interval '3 days'`

/**
 * Sends the mails that are due, on several connections at once, the urgent ones first, until there are no more or the
 * turn is over. A mail is in the hands of one sender, and free again as soon as that one has died: nothing waits for a
 * process that was killed. Answers whether more are due.
 */
export async function sendMails(
  forum: Forum,
  onRefusal: OnRefusal,
  turnMilliseconds = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const { database, config, log } = forum
  await freeFromTheDead(database)
  const end = performance.now() + turnMilliseconds
  const isOver = () => performance.now() >= end
  let silences = 0
  const isAway = () => silences >= SILENCES * config.mailConnections

  await asSender(database, async (sender, lost) => {
    const due = dueMails(forum, sender, () => isOver() || isAway() || lost.aborted)
    const connections = Array.from({ length: config.mailConnections }, async () => {
      for await (const mail of due) silences = (await sendMail(forum, mail, onRefusal)) ? 0 : silences + 1
    })
    // All have ended before others may take these mails in hand.
    for (const ended of await Promise.allSettled(connections)) if (ended.status === 'rejected') throw ended.reason
  })
  if (isAway()) log.warn('the mail server does not answer')
  return isOver() && !isAway()
}

/** Mails one by one, for several who ask; taken in hand a few at a time. */
async function* dueMails(forum: Forum, sender: number, hasEnded: () => boolean): AsyncGenerator<HeldMail> {
  while (!hasEnded()) {
    const held = await takeInHand(forum, sender)
    if (held.length === 0) return
    for (const mail of held) {
      if (hasEnded()) return
      yield mail
    }
  }
}

async function takeInHand({ database, config }: Forum, sender: number): Promise<HeldMail[]> {
  const { rows } = await database.execute<Omit<HeldMail, 'id' | 'member'> & { id: string; member: string }>(sql`
    with due as (
      select id from mails
      where state = 'queued' and sender is null and next_try_at <= now()
      order by urgent desc, next_try_at limit ${4 * config.mailConnections}
      for update skip locked
    ), held as (
      update mails set sender = ${sender} from due where mails.id = due.id returning mails.*
    )
    select held.id, held.member_id as member, kind, letter, tries, held.created_at < now() - ${GIVEN_UP} as old,
      case when paused_at is null or urgent then address end as address
    from held
    join members on members.id = held.member_id
    left join email_addresses on email_addresses.member_id = members.id and banned_at is null
    order by urgent desc, next_try_at`)
  return rows.map((mail) => ({ ...mail, id: Number(mail.id), member: Number(mail.member) }))
}
