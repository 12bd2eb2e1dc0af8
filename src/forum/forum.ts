import type { Config } from '../config.ts'
import type { Database } from '../platform/database/database.ts'
import type { Replicas } from '../platform/database/replicas.ts'
import type { Log } from '../platform/log.ts'
import type { Sending } from '../platform/mail/sending.ts'
import type { Transport } from '../platform/mail/transport.ts'
import type { Attempts } from '../platform/rate-limits/attempts.ts'
import type { Markdown } from '../platform/text/markdown/markdown.ts'
import type { BoardSteps } from './boards/steps.ts'
import type { DigestMails } from './digests/mails.ts'
import type { DigestSteps } from './digests/steps.ts'
import type { DiscussionSteps } from './discussion/steps.ts'
import type { Bus } from './events.ts'
import type { ArchivePages } from './exports/archive.ts'
import type { FollowingSteps } from './following/steps.ts'
import type { AccountMails } from './members/mails.ts'
import type { MemberSteps } from './members/steps.ts'
import type { FlagSteps } from './moderation/flag-steps.ts'
import type { NoticeMails } from './moderation/notices/mails.ts'
import type { NotificationMails } from './notices/mails.ts'
import type { Forget } from './retention.ts'

/** What other subjects do in each verb, in the order of each list. The verb's subject knows none of them. */
export interface Steps extends MemberSteps, BoardSteps, DiscussionSteps, FollowingSteps, FlagSteps, DigestSteps {
  /** What each subject deletes after its time: see `retention.ts`. */
  forgetting: readonly Forget<Forum>[]
}

/** Writes the texts of mails. A verb only passes what a mail is about. */
export interface Mails extends AccountMails, NotificationMails, DigestMails, NoticeMails {}

/** The context of all verbs and queries, in requests, jobs and commands. `compose.ts` opens it. */
export interface Forum {
  config: Config
  /** The key of all signatures. */
  secret: string
  database: Database
  /** Null without replicas: the database answers everything. */
  replicas: Replicas | null
  bus: Bus
  /** Counts attempts for limits, in all processes together. */
  attempts: Attempts
  markdown: Markdown
  /** Sends mails. */
  transport: Transport
  sending: Sending
  steps: Steps
  mails: Mails
  archivePages: ArchivePages
  log: Log
  close(): Promise<void>
}
