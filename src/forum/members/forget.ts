import { lt, lte } from 'drizzle-orm'
import { forgetFailedMails, forgetOldMails } from '../../platform/mail/mail.ts'
import { apiTokens, idempotencyKeys } from '../../schema/api.ts'
import { emailTokens } from '../../schema/email-addresses.ts'
import { sessions } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { daysBefore, type Forget, hoursBefore, RETENTION } from '../retention.ts'
import { dayOf } from './api/token.ts'

/** Deletes sessions that have ended. */
export const forgetSessions: Forget<Forum> = async ({ database }, now) => {
  await database.delete(sessions).where(lte(sessions.expiresAt, now))
}

/** Deletes tokens of the API whose last day is over. */
export const forgetTokens: Forget<Forum> = async ({ database }, now) => {
  await database.delete(apiTokens).where(lt(apiTokens.expiresOn, dayOf(now)))
}

export const forgetIdempotencyKeys: Forget<Forum> = async ({ database }, now) => {
  const before = hoursBefore(now, RETENTION.idempotencyKeyHours)
  await database.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before))
}

/** Deletes links in mails that nobody opened in time. */
export const forgetLinks: Forget<Forum> = async ({ database }, now) => {
  await database.delete(emailTokens).where(lte(emailTokens.expiresAt, now))
}

export const forgetMails: Forget<Forum> = async ({ database, config }, now) => {
  await forgetFailedMails(database, daysBefore(now, RETENTION.failedMailDays))
  await forgetOldMails(database, config.dataDir, daysBefore(now, RETENTION.mailDays))
}
