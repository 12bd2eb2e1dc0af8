import type { Database } from '../../platform/database/database.ts'
import type { Patience } from '../../platform/database/pool.ts'
import { boardInvariants } from '../boards/invariants.ts'
import { discussionInvariants } from '../discussion/invariants.ts'
import { exportInvariants } from '../exports/invariants.ts'
import { followingInvariants } from '../following/invariants.ts'
import { countBroken, type Invariant } from '../invariant.ts'
import { moderationInvariants } from '../moderation/invariants.ts'
import { noticeInvariants } from '../notices/invariants.ts'
import { searchInvariants } from '../search/invariants.ts'
import { databaseInvariants } from './database-invariants.ts'
import type { Finding } from './finding.ts'

/** Long enough for a check that reads all rows of its tables. */
export const CHECKING: Patience = { connection: 5_000, statement: 3_600_000 }

/** In this order, because a board's counts depend on the places of its threads. */
export const INVARIANTS: readonly Invariant[] = [
  ...discussionInvariants,
  ...boardInvariants,
  ...searchInvariants,
  ...moderationInvariants,
  ...followingInvariants,
  ...noticeInvariants,
  ...exportInvariants,
]

/**
 * Checks invariants over all rows, and mends counts on request. Each check is one statement, so that it sees a
 * consistent state while the forum runs.
 */
export async function deepChecks(database: Database, mend: boolean): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const invariant of [...(await databaseInvariants(database)), ...INVARIANTS]) {
    const count = await countBroken(database, invariant)
    if (count === 0) continue
    if (mend && invariant.mend) {
      await database.execute(invariant.mend)
      findings.push({ kind: 'mended', says: `${count} ${invariant.says}: mended.` })
    } else {
      const remedy = invariant.mend
        ? 'Run: doctor --deep --mend'
        : 'Nothing mends this by itself: restore a backup, or ask for help.'
      findings.push({ kind: 'broken', says: `${count} ${invariant.says}. ${remedy}` })
    }
  }
  if (findings.length === 0) findings.push({ kind: 'fine', says: 'All that must be so in the database is so.' })
  return findings
}
