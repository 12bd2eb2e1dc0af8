import { and, eq, isNull, sql } from 'drizzle-orm'
import { deleteInSlices } from '../../platform/database/delete-in-slices.ts'
import { webhooks } from '../../schema/webhooks.ts'
import type { Forum } from '../forum.ts'
import type { Leaving } from '../members/steps.ts'
import { daysBefore, type Forget, RETENTION } from '../retention.ts'
import type { Step } from '../step.ts'

/** Switches the webhooks of a member who leaves off. If they come back, they switch them on themselves. */
export const restWebhooks: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction
    .update(webhooks)
    .set({ offAt: sql`now()` })
    .where(and(eq(webhooks.memberId, memberId), isNull(webhooks.offAt)))
}

export const forgetWebhooks: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction.delete(webhooks).where(eq(webhooks.memberId, memberId))
}

/** Deletes deliveries after their time, in which their owner can check them. */
export const forgetDeliveries: Forget<Forum> = async ({ database }, now) => {
  const before = daysBefore(now, RETENTION.deliveryDays).toISOString()
  await deleteInSlices(database, 'webhook_deliveries', sql`happened_at < ${before}::timestamptz`)
}
