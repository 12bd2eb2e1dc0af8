import { eq, sql } from 'drizzle-orm'
import { deleteInSlices } from '../../platform/database/delete-in-slices.ts'
import { accountNotifications, notifications } from '../../schema/notifications.ts'
import type { Forum } from '../forum.ts'
import type { Leaving } from '../members/steps.ts'
import { daysBefore, type Forget, RETENTION } from '../retention.ts'
import type { Step } from '../step.ts'

/** Deletes an erased member's notifications. */
export const forgetNotificationsOf: Step<Leaving> = async (transaction, { memberId }) => {
  for (const table of [notifications, accountNotifications]) {
    await transaction.delete(table).where(eq(table.memberId, memberId))
  }
}

/** Deletes notifications after their time. */
export const forgetNotifications: Forget<Forum> = async ({ database }, now) => {
  const before = daysBefore(now, RETENTION.notificationDays).toISOString()
  for (const table of ['notifications', 'account_notifications']) {
    await deleteInSlices(database, table, sql`created_at < ${before}::timestamptz`)
  }
}
