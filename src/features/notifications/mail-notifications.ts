import { type SQL, sql } from 'drizzle-orm'
import { notificationMail } from '../../../views/mails/notification-mail.ts'
import type { Forum } from '../../platform/forum.ts'
import { DEFAULT_LANGUAGE, isLanguage } from '../../platform/i18n/languages.ts'
import { type Mail, queueMails } from '../../platform/mail/mail.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { unsubscribeToken } from '../digests/unsubscribe.ts'
import { grouped } from './grouped.ts'
import { unreadNotifications } from './queries.ts'

/** So long a mail waits for more to tell: a quarrel is one mail. */
const GATHERED = sql.raw(`interval '5 minutes'`)

/**
 * Has the members who want mails of their notifications sent one, some minutes after the first that it tells of. A
 * piece of a longer statement, for the members in `told`.
 */
export const mailLater = (told: SQL): SQL => sql`
  select graphile_worker.add_job(
    'mail_notifications', json_build_object('member', told.member_id), run_at => now() + ${GATHERED},
    job_key => 'mail_notifications ' || told.member_id, job_key_mode => 'preserve_run_at'
  )
  from (select distinct member_id from ${told} as told) as told
  join digest_settings on digest_settings.member_id = told.member_id and notify_by_mail`

/** Mails a member what they have been told since the last mail and have not read: a mail for each thread. */
export async function mailNotifications(forum: Forum, member: number): Promise<void> {
  const catalogue = await boardCatalogue(forum)
  await forum.database.transaction(async (transaction) => {
    const { rows } = await transaction.execute<{ id: string; language: string }>(sql`
      update notifications set mailed_at = now()
      from members
      join digest_settings on digest_settings.member_id = members.id and notify_by_mail
      where members.id = notifications.member_id and members.id = ${member} and read_at is null and mailed_at is null
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
