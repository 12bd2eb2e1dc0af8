import { and, eq, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { serialJob } from '../../platform/jobs/jobs.ts'
import { notFound } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { webhookDeliveries, webhooks } from '../../schema/webhooks.ts'
import type { Forum } from '../forum.ts'
import { webhookOf } from './queries.ts'
import { SEND } from './steps.ts'

const AGAIN = { action: 'webhook again', most: 60, seconds: 3_600 }

/** Deletes a member's webhook with its deliveries. Doing so twice has no further effect. */
export async function removeWebhook({ database }: Forum, member: number, id: number): Promise<void> {
  await database.delete(webhooks).where(and(eq(webhooks.id, id), eq(webhooks.memberId, member)))
}

/** Switches a member's webhook on again, without its failures. @throws Problem 404. */
export async function switchOnWebhook(forum: Forum, member: number, id: number): Promise<void> {
  await webhookOf(forum.database, member, id)
  await inTransaction(forum, async (transaction) => {
    await transaction
      .update(webhooks)
      .set({ offAt: null, failures: 0, failingSince: null, trustedFrom: null, quietUntil: sql`now()` })
      .where(and(eq(webhooks.id, id), eq(webhooks.memberId, member)))
    await transaction.execute(sql`select ${serialJob(SEND)}`)
  })
}

/**
 * Sends one message of a member's webhook again, with the forum's present content and the same id.
 * @throws Problem 404; 429 for doing so too often.
 */
export async function sendAgain(forum: Forum, member: number, webhook: number, delivery: number): Promise<void> {
  await takeAttempt(forum, AGAIN, String(member))
  await webhookOf(forum.database, member, webhook)
  await inTransaction(forum, async (transaction) => {
    const queued = await transaction
      .update(webhookDeliveries)
      .set({ state: 'queued', tries: 0, nextTryAt: sql`now()` })
      .where(and(eq(webhookDeliveries.id, delivery), eq(webhookDeliveries.webhookId, webhook)))
      .returning({ id: webhookDeliveries.id })
    if (queued.length === 0) throw notFound('webhooks.not_found')
    await transaction.update(webhooks).set({ quietUntil: sql`now()` }).where(eq(webhooks.id, webhook))
    await transaction.execute(sql`select ${serialJob(SEND)}`)
  })
}
