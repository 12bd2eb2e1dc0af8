import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { dropMails, queueMails } from '../../platform/mail/mail.ts'
import type { Recipients } from '../../platform/mail/send-mail.ts'
import { emailAddresses } from '../../schema/email-addresses.ts'
import type { Forum } from '../forum.ts'

/** After so many refused mails in a row, mails to an address are paused until its member says that it works again. */
const MOST_REFUSALS = 3
/** An older refusal says nothing about today. */
const FORGOTTEN = sql.raw(`interval '30 days'`)
/** After this time, a mail tells the member about the pause. A full mailbox may be emptied by then. */
const TOLD_AFTER_HOURS = 24

const NOTICE = 'paused '

/** Decides which addresses get mails, and counts refusals and acceptances. */
export const addressFeedback: Recipients<Forum> = {
  lookup: {
    joins: sql`
      left join members on members.id = held.member_id
      left join email_addresses on email_addresses.member_id = members.id and banned_at is null and left_at is null`,
    address: sql`case when paused_at is null or held.urgent then address end`,
    refused: sql`coalesce(refusals > 0, false)`,
    outdated: sql`exists (
      select from unnest(told_threads, told_numbers) as told (thread, number)
      join threads on threads.id = told.thread
      left join posts on posts.thread_id = told.thread and posts.number = told.number
      -- One that was moved away may be out of sight where it is now.
      where removed_at is not null or deleted_at is not null or posts.id is null
    )`,
  },

  refused: (forum, member) => forum.database.transaction((transaction) => countRefusal(forum, transaction, member)),

  /**
   * An accepted mail ends the refusals in a row. Not if mails came back recently: then the next server accepts all mails
   * first, and whether it can deliver them is known only later.
   */
  async accepted({ database }, member) {
    await database.execute(sql`
      update email_addresses set refusals = 0, refused_at = null
      where member_id = ${member} and paused_at is null and not exists (
        select from mails where mails.member_id = ${member} and bounced_at > now() - ${FORGOTTEN}
      )`)
  },

  async outdated(forum, mail) {
    const { member } = mail
    if (member === null) return
    for (const step of forum.steps.mailOutdated) await step(forum, { ...mail, member })
  },
}

/**
 * Counts a refusal of an address, and pauses it after several in a row. The pages tell the member, and a mail a day
 * later tells members who never open the site.
 * @param startsAnew whether an earlier mail is known to have arrived since the last refusal.
 */
export async function countRefusal(
  forum: Pick<Forum, 'secret' | 'config' | 'mails'>,
  transaction: Transaction,
  member: number,
  startsAnew = false,
): Promise<void> {
  const count = sql`case when ${startsAnew} or refused_at is null or refused_at < now() - ${FORGOTTEN} then 1 else refusals + 1 end`
  const { rows } = await transaction.execute<{ paused: boolean; username: string; language: string }>(sql`
    with before as (
      select member_id, paused_at from email_addresses where member_id = ${member} for update
    )
    update email_addresses
    set refusals = ${count}, refused_at = now(),
        paused_at = case when ${count} >= ${MOST_REFUSALS} then coalesce(email_addresses.paused_at, now()) else email_addresses.paused_at end
    from before join members on members.id = before.member_id
    where email_addresses.member_id = before.member_id
    returning before.paused_at is null and email_addresses.paused_at is not null as paused, coalesce(username, '') as username, members.language`)
  const [counted] = rows
  if (!counted?.paused) return
  const content = forum.mails.account(counted, 'paused', `${forum.config.origin}/settings/email`)
  await queueMails(forum, transaction, [
    {
      member,
      kind: 'account',
      urgent: true,
      content,
      uniqueKey: `${NOTICE}${new Date().toISOString()}`,
      waitHours: TOLD_AFTER_HOURS,
    },
  ])
}

/** Resumes mails to an address whose member says that it works. Also drops the mail about the pause. */
export async function resumeAddress({ database }: Forum, member: number): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction
      .update(emailAddresses)
      .set({ refusals: 0, refusedAt: null, pausedAt: null })
      .where(eq(emailAddresses.memberId, member))
    await dropMails(transaction, member, 'account', NOTICE)
  })
}
