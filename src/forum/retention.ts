/**
 * How long what is kept: the only place where these figures stand. `retention` (a command, and each night a job) keeps to
 * them, and `/privacy` is made from them, so that it cannot promise anything else.
 */
export const RETENTION = {
  /** Of a session, after its last use, and after its beginning at the most. */
  idleSessionDays: 30,
  longestSessionDays: 180,
  /** Of links that were sent by mail and not used. */
  confirmLinkHours: 24,
  resetLinkHours: 1,
  /** Of a link with which an admin helps a member who has lost everything. */
  rescueLinkHours: 1,
  /** That a mail was sent, and what became of it; its text is forgotten as soon as it has left. */
  mailDays: 60,
  /** Of the text of one that could not be sent: so long an admin can send it again. */
  failedMailDays: 7,
  notificationDays: 90,
  /** What webhooks were told, and what they answered. */
  deliveryDays: 7,
  /** The keys by which a request of a program that is sent again is known. */
  idempotencyKeyHours: 24,
  /** Counts of attempts, under a digest: no limit counts longer. */
  attemptHours: 24,
  /** Notices of illegal content, and who sent them, after their decision. */
  noticeMonths: 6,
  /** Archives of a member's data. */
  exportDays: 7,
  /** Figures of how the forum was, for the charts of `/admin/status`: nobody's. */
  sampleDays: 31,
  /** Between leaving and erasing: so long a login undoes it. */
  formerMemberDays: 14,
} as const

const DAY_MILLISECONDS = 86_400_000

/** The moment so many days before another. */
export const daysBefore = (moment: Date, days: number): Date => new Date(moment.getTime() - days * DAY_MILLISECONDS)
/** The same in hours. */
export const hoursBefore = (moment: Date, hours: number): Date => daysBefore(moment, hours / 24)

/** Forgets what one subject has kept for long enough, as of a moment. Twice is as good as once. */
export type Forget<Context> = (context: Context, now: Date) => Promise<void>
