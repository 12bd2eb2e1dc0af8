import { digestMail } from '../../../views/mails/digest-mail.ts'
import type { Forum } from '../../platform/forum.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { type MailContent, queueMails } from '../../platform/mail/mail.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { contentFor } from './content.ts'
import { coveredUntil } from './settings.ts'
import { unsubscribeToken } from './unsubscribe.ts'

interface Reader {
  id: number
  language: Language
}

/** The digest that a member would get now; null when there is nothing new for them. */
export async function previewFor(forum: Forum, { id, language }: Reader): Promise<MailContent | null> {
  const since = await coveredUntil(forum.database, id)
  const [catalogue, { calls, news }] = await Promise.all([
    boardCatalogue(forum),
    contentFor(forum.database, [{ member: id, since }], new Date()),
  ])
  if (calls.length + news.length === 0) return null
  return digestMail({
    language,
    origin: forum.config.origin,
    boardOf: catalogue.withId,
    last: false,
    unsubscribe: unsubscribeToken(forum, { member: id, kind: 'digest' }),
    calls,
    news,
  })
}

/** Sends it to them, besides the one that will come in its time; answers whether there was anything to send. */
export async function mailPreview(forum: Forum, reader: Reader): Promise<boolean> {
  const content = await previewFor(forum, reader)
  if (!content) return false
  await forum.database.transaction((transaction) =>
    queueMails(forum, transaction, [{ member: reader.id, kind: 'digest', content }]),
  )
  return true
}
