import { accountMail } from './account-mail.ts'
import { type Digest, digestMail, type WrittenThreads } from './digest-mail.ts'
import { noticeMail } from './notice-mail.ts'
import { notificationMail } from './notification-mail.ts'

/** The text of every mail that the forum sends. */
export const mails = {
  account: accountMail,
  notice: noticeMail,
  notification: notificationMail,
  digests() {
    const written: WrittenThreads = new Map()
    return (digest: Digest) => digestMail(digest, written)
  },
}
