import { and, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { recoveryCodes, secondFactors } from '../../../schema/second-factors.ts'

export interface SecondFactor {
  switchedOnAt: Date
  /** Recovery codes that have not been used. */
  codesLeft: number
}

/** The second factor of a member; null where they have switched none on. */
export async function secondFactorOf(database: Database, memberId: number): Promise<SecondFactor | null> {
  const [found] = await database
    .select({
      switchedOnAt: secondFactors.switchedOnAt,
      codesLeft: database.$count(recoveryCodes, eq(recoveryCodes.memberId, memberId)),
    })
    .from(secondFactors)
    .where(and(eq(secondFactors.memberId, memberId), isNotNull(secondFactors.switchedOnAt)))
  return found?.switchedOnAt ? { switchedOnAt: found.switchedOnAt, codesLeft: found.codesLeft } : null
}
