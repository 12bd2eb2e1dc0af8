/**
 * How long each kind of data is kept. These are the only such figures: the command and nightly job `retention` use them,
 * and `/privacy` is made from them, so that it cannot promise anything else.
 */
export const RETENTION = {
  /** For a session: after its last use, and at most after its start. */
  idleSessionDays: 30,
  longestSessionDays: 180,
  /** For links in mails that nobody used. */
  confirmLinkHours: 24,
  resetLinkHours: 1,
  /** For a link with which an admin helps a member who cannot log in. */
  rescueLinkHours: 1,
  /** For the record that a mail was sent, with its result. Its text is deleted once it is sent. */
  mailDays: 60,
  /** For the text of a mail that failed: until then, an admin can send it again. */
  failedMailDays: 7,
  notificationDays: 90,
  /** For deliveries of webhooks. */
  deliveryDays: 7,
  /** For keys that recognise a repeated request of a program. */
  idempotencyKeyHours: 24,
  /** For counts of attempts, under a digest. No limit counts longer. */
  attemptHours: 24,
  /** For notices of illegal content, with their senders, after the decision. */
  noticeMonths: 6,
  /** For archives of a member's data. */
  exportDays: 7,
  /** For the figures of the charts of `/admin/status`, which name nobody. */
  sampleDays: 31,
  /** Between leaving and erasing. Until then, a login undoes it. */
  formerMemberDays: 14,
} as const

const DAY_MILLISECONDS = 86_400_000

/** The moment so many days earlier. */
export const daysBefore = (moment: Date, days: number): Date => new Date(moment.getTime() - days * DAY_MILLISECONDS)
/** The same in hours. */
export const hoursBefore = (moment: Date, hours: number): Date => daysBefore(moment, hours / 24)

/** Deletes what one subject has kept long enough, as of a moment. Doing so twice has no further effect. */
export type Forget<Context> = (context: Context, now: Date) => Promise<void>
