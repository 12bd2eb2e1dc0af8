import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../../platform/database/database.ts'
import { members } from '../../schema/members.ts'
import { sanctions } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import { liftEnded } from './lift-sanctions.ts'

const MOST_SHOWN = 50
const moderators = alias(members, 'moderators')

/** What was imposed on a member, the newest first. */
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

/** The sanction of a kind that holds for a member: why, and until when; null where none does. */
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
 * Why somebody who has said their password is shut out; null where the end has come, and they are let back by being asked.
 * An account that was shut out without a sanction is so without a word.
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
