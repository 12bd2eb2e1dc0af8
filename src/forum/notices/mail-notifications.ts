import { sql } from 'drizzle-orm'
import { type Mail, queueMails } from '../../platform/mail/mail.ts'
import { asLanguage } from '../../platform/text/i18n/languages.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import type { OutdatedMail } from '../members/steps.ts'
import { unsubscribeToken } from '../members/unsubscribe-token.ts'
import { grouped } from './grouped.ts'
import { unreadNotifications } from './queries.ts'

/** Mails a member what they have been told since the last mail and have not read: a mail for each thread. */
export async function mailNotifications(forum: Forum, member: number): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await forum.database.transaction(async (transaction) => {
    const { rows } = await transaction.execute<{ id: string; language: string }>(sql`
      with untold as (
        select id from notifications
        where member_id = ${member} and read_at is null and mailed_at is null
        order by id for update
      )
      update notifications set mailed_at = now()
      from untold, members
      join digest_settings on digest_settings.member_id = members.id and notify_by_mail
      where notifications.id = untold.id and members.id = ${member}
      returning notifications.id, members.language`)
    const [first] = rows
    if (!first) return
    const ids = new Set(rows.map(({ id }) => Number(id)))
    const language = asLanguage(first.language)
    const unread = (await unreadNotifications(transaction, member, 'not muted')).filter(({ id }) => ids.has(id))
    const lines = Map.groupBy(grouped(catalogue, unread), ({ thread }) => thread.id)
    const unsubscribe = unsubscribeToken(forum, { member, kind: 'notification' })
    const mails = [...lines.values()].map((about): Mail => {
      const content = forum.mails.notification({ language, origin: forum.config.origin, lines: about, unsubscribe })
      const tells = about.map(({ thread, number }) => ({ thread: thread.id, number }))
      return { member, kind: 'notification', content, tells }
    })
    await queueMails(forum, transaction, mails)
  })
}

/**
 * A mail was not sent, because something that it told of is out of sight: the rest of it is told by another. It was written in
 * the transaction that marked as mailed what it told. Of replies or new threads only one can be untold: see the indexes of
 * `notifications`.
 */
export async function mailAnew(forum: Forum, { id: mail, kind, member }: OutdatedMail): Promise<void> {
  if (kind !== 'notification') return
  await forum.database.execute(sql`
    with told as (
      select distinct on (kind, thread_id, case when kind in ('answer', 'mention') then number end, board_id, technology_id)
        notifications.id
      from (select member_id, created_at as written_at, told_threads from mails where id = ${mail}) as mail
      join notifications using (member_id)
      where read_at is null and mailed_at = written_at and thread_id = any (told_threads)
        and not exists (
          select from notifications as untold
          where untold.member_id = notifications.member_id and untold.kind = notifications.kind
            and untold.kind in ('reply', 'thread') and untold.read_at is null and untold.mailed_at is null
            and (untold.thread_id = notifications.thread_id or untold.board_id = notifications.board_id)
        )
      order by kind, thread_id, case when kind in ('answer', 'mention') then number end, board_id, technology_id, number
    )
    update notifications set mailed_at = null from told where notifications.id = told.id`)
  await mailNotifications(forum, member)
}
