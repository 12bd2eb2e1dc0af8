import { type MailContent, queueMails } from '../../platform/mail/mail.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { composeDigest } from './compose-digest.ts'
import { contentFor } from './content.ts'
import { coveredUntil, digestsOf } from './settings.ts'

interface Reader {
  id: number
  language: Language
}

/** The digest that a member would get now; null when there is nothing new. */
export async function previewFor(forum: Forum, { id, language }: Reader): Promise<MailContent | null> {
  const since = await coveredUntil(forum.database, id)
  const [{ timeZone }, catalogue, content] = await Promise.all([
    digestsOf(forum.database, id),
    boardCatalogue(forum),
    contentFor(forum, forum.database, [{ member: id, since }], new Date()),
  ])
  return composeDigest(
    forum,
    catalogue,
    { member: id, language, timeZone, last: false },
    content,
    forum.mails.digests(),
  )
}

/**
 * Mails a member the digest that they would get now. The next regular one still comes. Answers false when there is
 * nothing new.
 */
export async function mailPreview(forum: Forum, reader: Reader): Promise<boolean> {
  const content = await previewFor(forum, reader)
  if (!content) return false
  await forum.database.transaction((transaction) =>
    queueMails(forum, transaction, [{ member: reader.id, kind: 'digest', content }]),
  )
  return true
}
