import type { MailContent } from '../../src/platform/mail/mail.ts'
import { DEFAULT_LANGUAGE } from '../../src/platform/text/i18n/languages.ts'
import { accountMail } from './account-mail.ts'
import type { WrittenThreads } from './digest-entries.ts'
import { type Digest, digestMail } from './digest-mail.ts'
import { type Letterhead, mailWording } from './mail-layout.ts'
import { noticeMail } from './notice-mail.ts'
import { notificationMail } from './notification-mail.ts'

/**
 * The texts of all mails. Subjects begin with the forum's name, because «Choose another password» alone looks like
 * fraud.
 * @param now the forum's present name and colour, which admins can change.
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

/** The parameters of a mail after the letterhead. */
type Rest<Write> = Write extends (letterhead: Letterhead, ...about: infer About) => unknown ? About : never
