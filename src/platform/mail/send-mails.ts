import { eq, sql } from 'drizzle-orm'
import type { Forum } from '../forum.ts'
import { compose, type QueuedMail } from './compose.ts'
import { mails } from './schema.ts'
import { openTransport, type Transport } from './transport.ts'

const MAILS_AT_ONCE = 50
/** Longer than any server takes: after that, whoever was sending a mail was killed over it. */
const LEASE = sql`interval '5 minutes'`
/** How long to wait after each failure; after the last, the mail is given up. */
const WAITS_MINUTES = [1, 5, 15, 60, 240, 720, 1_440]

/** Somebody who is told of addresses that take no mail. */
export type OnRefusal = (forum: Forum, member: number) => Promise<void>

/**
 * Sends what is due, until nothing is. A mail is claimed before it is sent and its end is written after, each by
 * itself: whoever is killed in between leaves it claimed, and it is sent again when the claim has run out. That can be
 * a mail that the server has taken already; it is the same mail to the letter then, Message-ID included.
 */
export async function sendMails(forum: Forum, onRefusal: OnRefusal): Promise<void> {
  const transport = await openTransport(forum.config)
  try {
    for (let due = await claim(forum); due.length > 0; due = await claim(forum)) {
      await Promise.all(due.map((mail) => send(forum, transport, mail, onRefusal)))
    }
  } finally {
    transport.close()
  }
}

interface ClaimedMail extends Omit<QueuedMail, 'address'> {
  member: number
  /** Null: the member has no address any more, or takes no mail at it. */
  address: string | null
  tries: number
}

async function claim({ database }: Forum): Promise<ClaimedMail[]> {
  const { rows } = await database.execute<Omit<ClaimedMail, 'id' | 'member'> & { id: string; member: string }>(sql`
    with due as (
      select id from mails
      where state in ('queued', 'sending') and next_try_at <= now()
      order by next_try_at limit ${MAILS_AT_ONCE}
      for update skip locked
    )
    update mails set state = 'sending', tries = tries + 1, next_try_at = now() + ${LEASE}
    from due
    where mails.id = due.id
    returning mails.id, mails.member_id as member, kind, content, tries, coalesce(mails.address, (
      select address from email_addresses where member_id = mails.member_id and paused_at is null
    )) as address`)
  return rows.map((mail) => ({ ...mail, id: Number(mail.id), member: Number(mail.member) }))
}

async function send(forum: Forum, transport: Transport, mail: ClaimedMail, onRefusal: OnRefusal): Promise<void> {
  const { id, address, tries } = mail
  if (address === null) return end(forum, id, 'dropped')
  try {
    await transport.send(id, compose(forum, { ...mail, address }))
    await end(forum, id, 'sent')
  } catch (error) {
    const answer = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
    forum.log.warn({ answer, tries, mail: id }, 'a mail was not taken')
    const wait = WAITS_MINUTES[tries - 1]
    if (answer >= 500) await onRefusal(forum, mail.member)
    if (answer >= 500 || wait === undefined) return end(forum, id, 'failed')
    await forum.database
      .update(mails)
      .set({ state: 'queued', nextTryAt: sql`now() + make_interval(mins => ${wait})` })
      .where(eq(mails.id, id))
  }
}

/** What a mail said, and to whom if not to its member, is forgotten with its end. */
async function end({ database }: Forum, id: number, state: 'sent' | 'dropped' | 'failed'): Promise<void> {
  await database.update(mails).set({ state, content: null, address: null }).where(eq(mails.id, id))
}
