import { and, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { accountNotifications } from '../../schema/notifications.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import type { AccountChange } from '../members/steps.ts'
import type { Chosen } from './mark-read.ts'

/** A member has few of them and sees the last ones. */
const MOST_SHOWN = 30

/** Notifies a member of a change of their account. */
export async function notifyOfAccount(transaction: Transaction, change: AccountChange): Promise<void> {
  const { memberId, occasion, reason = null, path } = change
  await transaction.insert(accountNotifications).values({ memberId, occasion, reason, path })
}

/** A member's last notifications about their account, newest first. */
export const lastAccountNotifications = (database: Database, member: number) =>
  database
    .select({
      id: accountNotifications.id,
      occasion: accountNotifications.occasion,
      reason: accountNotifications.reason,
      path: accountNotifications.path,
      at: accountNotifications.createdAt,
      readAt: accountNotifications.readAt,
    })
    .from(accountNotifications)
    .where(eq(accountNotifications.memberId, member))
    .orderBy(desc(accountNotifications.id))
    .limit(MOST_SHOWN)

export type AccountNotification = Awaited<ReturnType<typeof lastAccountNotifications>>[number]

/** Marks some of a member's notifications about their account as read. */
export async function markAccountRead(forum: Forum, member: number, chosen: Chosen): Promise<void> {
  const which =
    'ids' in chosen ? inArray(accountNotifications.id, chosen.ids) : lte(accountNotifications.id, chosen.upTo)
  await inTransaction(forum, async (transaction, announce) => {
    const read = await transaction
      .update(accountNotifications)
      .set({ readAt: sql`now()` })
      .where(and(eq(accountNotifications.memberId, member), isNull(accountNotifications.readAt), which))
      .returning({ id: accountNotifications.id })
    if (read.length > 0) await announce(memberEvent('notified', member))
  })
}
