import { sql } from 'drizzle-orm'
import { type Mail, queueMails } from '../../platform/mail/mail.ts'
import { asLanguage } from '../../platform/text/i18n/languages.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import type { OutdatedMail } from '../members/steps.ts'
import { toldPosts } from '../members/told-posts.ts'
import { unsubscribeToken } from '../members/unsubscribe-token.ts'
import { grouped } from './grouped.ts'
import { unreadNotifications } from './queries.ts'

/** Mails a member their unread notifications since the last mail, one mail for each thread. */
export async function mailNotifications(forum: Forum, member: number): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await forum.database.transaction(async (transaction) => {
    const { rows } = await transaction.execute<{ id: number; language: string; timeZone: string }>(sql`
      with unmailed as (
        select id from notifications
        where member_id = ${member} and read_at is null and mailed_at is null
        order by id for update
      )
      update notifications set mailed_at = now()
      from unmailed, members
      join digest_settings on digest_settings.member_id = members.id and notify_by_mail
      where notifications.id = unmailed.id and members.id = ${member}
      returning notifications.id, members.language, digest_settings.time_zone as "timeZone"`)
    const [first] = rows
    if (!first) return
    const ids = new Set(rows.map(({ id }) => id))
    const language = asLanguage(first.language)
    const unread = (await unreadNotifications(transaction, member, 'not muted')).filter(({ id }) => ids.has(id))
    const lines = Map.groupBy(grouped(catalogue, unread), ({ thread }) => thread.id)
    const unsubscribe = unsubscribeToken(forum, { member, kind: 'notification' })
    const shared = {
      language,
      origin: forum.config.origin,
      unsubscribe,
      timeZone: first.timeZone,
      boardOf: catalogue.withId,
    }
    const mails = [...lines].map(([thread, about]): Mail => {
      const stopThread = unsubscribeToken(forum, { member, kind: 'thread', thread })
      const content = forum.mails.notification({ ...shared, lines: about, stopThread })
      return { member, kind: 'notification', content, columns: toldPosts(about) }
    })
    await queueMails(forum, transaction, mails)
  })
}

/**
 * Replaces a mail that was not sent because a post in it is hidden. Its notifications were marked as mailed in the
 * transaction that wrote it. Of replies or new threads only one can be unmailed: see the indexes of `notifications`.
 */
export async function mailAnew(forum: Forum, { id: mail, kind, member }: OutdatedMail): Promise<void> {
  if (kind !== 'notification') return
  await forum.database.execute(sql`
    with again as (
      select distinct on (kind, thread_id, case when kind in ('answer', 'mention') then number end, board_id, technology_id)
        notifications.id
      from (select member_id, created_at as written_at, told_threads from mails where id = ${mail}) as mail
      join notifications using (member_id)
      where read_at is null and mailed_at = written_at and thread_id = any (told_threads)
        and not exists (
          select from notifications as unmailed
          where unmailed.member_id = notifications.member_id and unmailed.kind = notifications.kind
            and unmailed.kind in ('reply', 'thread') and unmailed.read_at is null and unmailed.mailed_at is null
            and (unmailed.thread_id = notifications.thread_id or unmailed.board_id = notifications.board_id)
        )
      order by kind, thread_id, case when kind in ('answer', 'mention') then number end, board_id, technology_id, number
    )
    update notifications set mailed_at = null from again where notifications.id = again.id`)
  await mailNotifications(forum, member)
}
