import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import type { Patience } from '../../platform/database/pool.ts'
import { boardInvariants } from '../boards/invariants.ts'
import { discussionInvariants } from '../discussion/invariants.ts'
import { countBroken, type Invariant } from '../invariant.ts'
import { moderationInvariants } from '../moderation/invariants.ts'
import { noticeInvariants } from '../notices/invariants.ts'
import { searchInvariants } from '../search/invariants.ts'
import type { Finding } from './finding.ts'

/** The database's own: what it was told to keep and does not. */
const OWN: Invariant = {
  says: 'indexes or foreign keys that PostgreSQL has not made whole: drop and make them again',
  broken: sql`
    select indexrelid from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = 'public'::regnamespace and not (indisvalid and indisready)
    union all
    select oid from pg_constraint where connamespace = 'public'::regnamespace and not convalidated`,
}

/** Every check reads all rows of its tables. */
export const CHECKING: Patience = { connection: 5_000, statement: 3_600_000 }

/** In this order: what a board counts is right once its threads stand where they should. */
const INVARIANTS: readonly Invariant[] = [
  OWN,
  ...discussionInvariants,
  ...boardInvariants,
  ...searchInvariants,
  ...moderationInvariants,
  ...noticeInvariants,
]

/**
 * Checks, over all rows, what must always be so, and mends counts where that is asked for. Each is one statement, so that
 * it sees one moment of a forum that runs.
 */
export async function deepChecks(database: Database, mend: boolean): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const invariant of INVARIANTS) {
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
  if (findings.length === 0)
    findings.push({ kind: 'fine', says: 'All that must be so of posts, threads, boards, search and notices is so.' })
  return findings
}
