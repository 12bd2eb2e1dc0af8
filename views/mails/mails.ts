import type { MailContent } from '../../src/platform/mail/mail.ts'
import { DEFAULT_LANGUAGE } from '../../src/platform/text/i18n/languages.ts'
import { accountMail } from './account-mail.ts'
import { type Digest, digestMail, type WrittenThreads } from './digest-mail.ts'
import { mailWording } from './mail-layout.ts'
import { noticeMail } from './notice-mail.ts'
import { notificationMail } from './notification-mail.ts'

/**
 * The text of every mail that the forum sends. Subjects begin with its name: who gets «Choose another password» asks of what.
 * @param nameNow what the admin calls the forum; empty: its usual name.
 */
export const writeMails = (nameNow: () => string) => ({
  account: (...about: Rest<typeof accountMail>) => named(nameNow(), accountMail(nameNow(), ...about)),
  notice: (...about: Rest<typeof noticeMail>) => named(nameNow(), noticeMail(nameNow(), ...about)),
  notification: (...about: Rest<typeof notificationMail>) => named(nameNow(), notificationMail(nameNow(), ...about)),
  digests() {
    const name = nameNow()
    const written: WrittenThreads = new Map()
    return (digest: Digest) => named(name, digestMail(name, digest, written))
  },
})

const named = (name: string, mail: MailContent): MailContent => ({
  ...mail,
  subject: `[${name || mailWording(DEFAULT_LANGUAGE, '').forumName}] ${mail.subject}`,
})

/** What a mail is about, besides the forum that it comes from. */
type Rest<Write> = Write extends (name: string, ...about: infer About) => unknown ? About : never
