import { hash } from 'node:crypto'
import { and, asc, count, eq } from 'drizzle-orm'
import { MOST_PUSH_BROWSERS } from '../../limits.ts'
import { sealed } from '../../platform/crypto/sealed.ts'
import type { Database } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { members } from '../../schema/members.ts'
import { pushBrowsers } from '../../schema/push.ts'
import type { Forum } from '../forum.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'
import { webhookAddress } from '../webhooks/webhook-address.ts'

const ADDED = { action: 'push', most: 20, seconds: 3_600 }

export const PURPOSE = 'push'

export interface PushBrowser {
  id: number
  device: string
  createdAt: Date
}

/** A member's push browsers, oldest first. */
export function pushBrowsersOf(database: Database, memberId: number): Promise<PushBrowser[]> {
  const { id, device, createdAt } = pushBrowsers
  return database
    .select({ id, device, createdAt })
    .from(pushBrowsers)
    .where(eq(pushBrowsers.memberId, memberId))
    .orderBy(asc(id))
    .limit(MOST_PUSH_BROWSERS)
}

/**
 * Adds a push browser. If it was another member's before, it is theirs no longer.
 * @throws Problem 422 for an address that nothing is sent to, and for one browser too many; 429.
 */
export async function addPushBrowser(
  forum: Forum,
  memberId: number,
  { address: written, device }: { address: string; device: string },
): Promise<void> {
  await takeAttempt(forum, ADDED, String(memberId))
  const url = webhookAddress(forum, written)
  if (url === null) throw invalidField('address', 'webhooks.no_such_address')
  const addressHash = hash('sha256', url.href, 'buffer')
  await inTransaction(forum, async (transaction) => {
    // Locks the member, or two windows at once could add one browser too many.
    await transaction.select({ id: members.id }).from(members).where(eq(members.id, memberId)).for('no key update')
    await transaction.delete(pushBrowsers).where(eq(pushBrowsers.addressHash, addressHash))
    const [had] = await transaction
      .select({ count: count() })
      .from(pushBrowsers)
      .where(eq(pushBrowsers.memberId, memberId))
    if (had && had.count >= MOST_PUSH_BROWSERS)
      throw invalidField('address', 'push.too_many', { count: MOST_PUSH_BROWSERS })
    const address = sealed(forum.secret, PURPOSE, url.href)
    await transaction.insert(pushBrowsers).values({ memberId, address, addressHash, device })
  })
}

/** Removes one of a member's push browsers; another member's stays. */
export async function removePushBrowser({ database }: Forum, memberId: number, id: number): Promise<void> {
  await database.delete(pushBrowsers).where(and(eq(pushBrowsers.memberId, memberId), eq(pushBrowsers.id, id)))
}

export const forgetPushBrowsers: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction.delete(pushBrowsers).where(eq(pushBrowsers.memberId, memberId))
}
