import type { MailContent } from '../../platform/mail/mail.ts'
import { quotedPrintable } from '../../platform/mail/quoted-printable.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import type { Catalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { unsubscribeToken } from '../members/unsubscribe-token.ts'
import { type Call, MOST_THREADS, type NewsOfThread } from './content.ts'
import type { WriteDigest } from './mails.ts'

/** Bytes of both its forms, as they are sent. With its headers a mail stays below 60 kB, which no mail program cuts. */
const LARGEST_MAIL_BYTES = 56_000

/** Shortens excerpts first, then leaves threads out, until the mail fits: some scripts need three bytes a letter. */
const SIZES = [
  { longestExcerpt: 240, most: MOST_THREADS },
  { longestExcerpt: 120, most: MOST_THREADS },
  { longestExcerpt: 60, most: MOST_THREADS },
  { longestExcerpt: 60, most: MOST_THREADS / 2 },
  { longestExcerpt: 30, most: 6 },
] as const

export interface DigestReader {
  member: number
  language: Language
  timeZone: string
  /** Whether no other digest follows, because they have been away for so long. */
  last: boolean
}

/**
 * The digest of a member's; null when there is nothing to tell.
 * @param write what writes it: the same for all members of whom all was read in one moment.
 */
export function composeDigest(
  forum: Forum,
  catalogue: Catalogue,
  { member, language, timeZone, last }: DigestReader,
  { calls, news }: { calls: readonly Call[]; news: readonly NewsOfThread[] },
  write: WriteDigest,
): MailContent | null {
  if (calls.length + news.length === 0) return null
  const unsubscribe = unsubscribeToken(forum, { member, kind: 'digest' })
  const stopThread = (thread: number) => unsubscribeToken(forum, { member, kind: 'thread', thread })
  const at = new Date()
  const { origin } = forum.config
  let mail: MailContent | null = null
  for (const { longestExcerpt, most } of SIZES) {
    const threads = news.slice(0, Math.max(0, most - calls.length))
    const digest = {
      language,
      origin,
      last,
      unsubscribe,
      stopThread,
      at,
      timeZone,
      longestExcerpt,
      boardOf: catalogue.withId,
      calls,
      news: threads,
      moreCalls: (calls[0]?.total ?? 0) - calls.length,
      moreThreads: (news[0]?.total ?? 0) - threads.length,
    }
    mail = write(digest)
    if (quotedPrintable(mail.text).length + quotedPrintable(mail.html).length <= LARGEST_MAIL_BYTES) break
  }
  return mail
}
