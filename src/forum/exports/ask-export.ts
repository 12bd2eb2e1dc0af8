import { eq, ne, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { serialJob } from '../../platform/jobs/jobs.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { dataExports } from '../../schema/exports.ts'
import type { Forum } from '../forum.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'

/** The job that makes the requested archives, one after the other. */
export const MAKE_EXPORTS = 'make_exports'

const ASKED = { action: 'ask for an export', most: 3, seconds: 86_400 }

/**
 * Requests an archive of a member's data. While one is being made, asking again changes nothing. A new archive replaces
 * the old one.
 * @throws Problem 429 for more than a few a day.
 */
export async function askExport(forum: Forum, memberId: number): Promise<void> {
  await takeAttempt(forum, ASKED, String(memberId))
  await inTransaction(forum, async (transaction) => {
    await transaction
      .insert(dataExports)
      .values({ memberId })
      .onConflictDoUpdate({
        target: dataExports.memberId,
        set: { state: 'asked', run: null, tries: 0, size: 0, askedAt: sql`now()` },
        setWhere: ne(dataExports.state, 'asked'),
      })
    await transaction.execute(sql`select ${serialJob(MAKE_EXPORTS)}`)
  })
}

/** Deletes the archive of a member who leaves, ready or not. */
export const forgetExport: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction.delete(dataExports).where(eq(dataExports.memberId, memberId))
}
