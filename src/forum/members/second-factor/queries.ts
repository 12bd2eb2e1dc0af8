import { and, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { recoveryCodes, secondFactors } from '../../../schema/second-factors.ts'

export interface SecondFactor {
  switchedOnAt: Date
  /** Unused recovery codes. */
  codesLeft: number
}

/** A member's second factor; null when it is off. */
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
