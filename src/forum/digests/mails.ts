import type { MailContent } from '../../platform/mail/mail.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import type { Call, NewsOfThread } from './content.ts'

export interface Digest {
  language: Language
  origin: string
  /** Listed one by one: first posts for the member, then threads, the liveliest first. */
  calls: readonly Call[]
  news: readonly NewsOfThread[]
  /** How many more of each are not listed. */
  moreCalls: number
  moreThreads: number
  boardOf(id: number): { name: Worded } | undefined
  longestExcerpt: number
  /** Digests stop after this one until the member comes back, because they have been away so long. */
  last: boolean
  unsubscribe: string
  /** The token of the link that stops all mails about a thread. */
  stopThread(thread: number): string
  /** When the digest is written, and the time zone of its times. */
  at: Date
  timeZone: string
}

export type WriteDigest = (digest: Digest) => MailContent

/** Writes digests. */
export interface DigestMails {
  /** Answers a writer for members whose contents were read at the same moment. It writes entries that they share once. */
  digests(): WriteDigest
}
