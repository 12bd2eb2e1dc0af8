import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../../platform/database/database.ts'
import { members } from '../../schema/members.ts'
import { sanctions } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import { liftEnded } from './lift-sanctions.ts'

const MOST_SHOWN = 50
const moderators = alias(members, 'moderators')

/** A member's sanctions, newest first. */
export const sanctionsOf = (database: Database, memberId: number) =>
  database
    .select({
      id: sanctions.id,
      kind: sanctions.kind,
      reason: sanctions.reason,
      at: sanctions.at,
      until: sanctions.until,
      liftedAt: sanctions.liftedAt,
      holds: sql<boolean>`${sanctions.kind} <> 'warn' and ${sanctions.liftedAt} is null
        and (${sanctions.until} is null or ${sanctions.until} > now())`,
      by: moderators.username,
      byConsole: sql<boolean>`${sanctions.byId} is null`,
    })
    .from(sanctions)
    .leftJoin(moderators, eq(moderators.id, sanctions.byId))
    .where(eq(sanctions.memberId, memberId))
    .orderBy(desc(sanctions.id))
    .limit(MOST_SHOWN)

/** A member's present sanction of a kind, with reason and end; null for none. */
export async function holdingSanction(database: Database, memberId: number, kind: 'silence' | 'ban') {
  const [holding] = await database
    .select({ reason: sanctions.reason, until: sanctions.until })
    .from(sanctions)
    .where(
      and(
        eq(sanctions.memberId, memberId),
        eq(sanctions.kind, kind),
        isNull(sanctions.liftedAt),
        or(isNull(sanctions.until), gt(sanctions.until, sql`now()`)),
      ),
    )
  return holding ?? null
}

/**
 * Why a member is banned, after they gave the right password; null when the ban has just ended, and this call lets them
 * back. A ban without a sanction, by an older version, has no reason.
 */
export async function whyBanned(
  forum: Forum,
  memberId: number,
): Promise<{ reason: string; until: Date | null } | null> {
  await liftEnded(forum, memberId)
  const holding = await holdingSanction(forum.database, memberId, 'ban')
  if (holding) return holding
  const [member] = await forum.database
    .select({ bannedAt: members.bannedAt })
    .from(members)
    .where(eq(members.id, memberId))
  return member?.bannedAt ? { reason: '', until: null } : null
}
