import { sql } from 'drizzle-orm'
import { notificationMail } from '../../../views/mails/notification-mail.ts'
import type { Forum } from '../../platform/forum.ts'
import { DEFAULT_LANGUAGE, isLanguage } from '../../platform/i18n/languages.ts'
import { type Mail, queueMails } from '../../platform/mail/mail.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { unsubscribeToken } from '../digests/unsubscribe.ts'
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
    const language = isLanguage(first.language) ? first.language : DEFAULT_LANGUAGE
    const unread = (await unreadNotifications(transaction, member, 'not muted')).filter(({ id }) => ids.has(id))
    const lines = Map.groupBy(grouped(catalogue, unread), ({ thread }) => thread.id)
    const unsubscribe = unsubscribeToken(forum, { member, kind: 'notification' })
    const mails = [...lines.values()].map((about): Mail => {
      const content = notificationMail({ language, origin: forum.config.origin, lines: about, unsubscribe })
      return { member, kind: 'notification', content }
    })
    await queueMails(forum, transaction, mails)
  })
}
