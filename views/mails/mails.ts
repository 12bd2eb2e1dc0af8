import type { MailContent } from '../../src/platform/mail/mail.ts'
import { DEFAULT_LANGUAGE } from '../../src/platform/text/i18n/languages.ts'
import { accountMail } from './account-mail.ts'
import { type Digest, digestMail, type WrittenThreads } from './digest-mail.ts'
import { type Letterhead, mailWording } from './mail-layout.ts'
import { noticeMail } from './notice-mail.ts'
import { notificationMail } from './notification-mail.ts'

/**
 * The text of every mail that the forum sends. Subjects begin with its name: who gets «Choose another password» asks of what.
 * @param now the name and colour of the forum, as admins may change them.
 */
export const writeMails = (now: () => Letterhead) => ({
  account: (...about: Rest<typeof accountMail>) => named(now(), accountMail(now(), ...about)),
  notice: (...about: Rest<typeof noticeMail>) => named(now(), noticeMail(now(), ...about)),
  notification: (...about: Rest<typeof notificationMail>) => named(now(), notificationMail(now(), ...about)),
  digests() {
    const letterhead = now()
    const written: WrittenThreads = new Map()
    return (digest: Digest) => named(letterhead, digestMail(letterhead, digest, written))
  },
})

const named = (letterhead: Letterhead, mail: MailContent): MailContent => ({
  ...mail,
  subject: `[${mailWording(DEFAULT_LANGUAGE, letterhead).forumName}] ${mail.subject}`,
})

/** What a mail is about, besides the forum that it comes from. */
type Rest<Write> = Write extends (letterhead: Letterhead, ...about: infer About) => unknown ? About : never
