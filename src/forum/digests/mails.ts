import type { MailContent } from '../../platform/mail/mail.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import type { Call, NewsOfThread } from './content.ts'

export interface Digest {
  language: Language
  origin: string
  /** What is told one by one: what is meant for the member, then threads, the liveliest first. */
  calls: readonly Call[]
  news: readonly NewsOfThread[]
  /** How many more there are of both. */
  moreCalls: number
  moreThreads: number
  boardOf(id: number): { name: Worded } | undefined
  longestExcerpt: number
  /** Sent after a long absence, with no other to follow. */
  last: boolean
  unsubscribe: string
  /** The token of the link that stops all that comes of a thread. */
  stopThread(thread: number): string
  /** When it is written, and the zone whose clock its times are said by. */
  at: Date
  timeZone: string
}

export type WriteDigest = (digest: Digest) => MailContent

/** Writes digests. */
export interface DigestMails {
  /** For the digests of members of whom all was read in one moment: what is the same in several is written once. */
  digests(): WriteDigest
}
