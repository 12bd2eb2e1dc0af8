import type { MailContent } from '../../platform/mail/mail.ts'
import { quotedPrintable } from '../../platform/mail/quoted-printable.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import type { Catalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { unsubscribeToken } from '../members/unsubscribe-token.ts'
import { type Call, MOST_THREADS, type NewsOfThread } from './content.ts'
import type { WriteDigest } from './mails.ts'

/** For both forms of the mail together. With headers it stays below 60 kB, and no mail program cuts it. */
const LARGEST_MAIL_BYTES = 56_000

/**
 * Tried in order until the mail fits: first shorter excerpts, then fewer threads. Some scripts need three bytes a
 * letter.
 */
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
  /** Whether digests stop after this one, because the member has been away so long. */
  last: boolean
}

/**
 * A member's digest; null when there is nothing new.
 * @param write writes the mail. Use one for all members whose contents were read at the same moment.
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
