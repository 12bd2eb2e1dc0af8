import { accountMail } from './account-mail.ts'
import { type Digest, digestMail, type WrittenThreads } from './digest-mail.ts'
import { noticeMail } from './notice-mail.ts'
import { notificationMail } from './notification-mail.ts'

/**
 * The text of every mail that the forum sends.
 * @param nameNow what the admin calls the forum; empty: its usual name.
 */
export const writeMails = (nameNow: () => string) => ({
  account: (...about: Rest<typeof accountMail>) => accountMail(nameNow(), ...about),
  notice: (...about: Rest<typeof noticeMail>) => noticeMail(nameNow(), ...about),
  notification: (...about: Rest<typeof notificationMail>) => notificationMail(nameNow(), ...about),
  digests() {
    const name = nameNow()
    const written: WrittenThreads = new Map()
    return (digest: Digest) => digestMail(name, digest, written)
  },
})

/** What a mail is about, besides the forum that it comes from. */
type Rest<Write> = Write extends (name: string, ...about: infer About) => unknown ? About : never
