import { and, desc, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import type { Role } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import { named } from './queries.ts'
import { usernameKey } from './username-key.ts'

const MEMBERS_PER_PAGE = 50

export const MEMBER_STATES = ['waiting', 'silenced', 'banned'] as const
export type MemberState = (typeof MEMBER_STATES)[number]

/** Filters of the list of members. An absent filter matches all. */
export interface AskedMembers {
  /** The beginning of the name, in any spelling. */
  name?: string | undefined
  role?: Role | undefined
  state?: MemberState | undefined
  /** Members below this id. */
  before: number
  /** At most so many. */
  most?: number | undefined
}

/** Members for admins, newest first, and where older ones begin. Without mail addresses, which nobody needs to see. */
export async function findMembers(
  database: Database,
  { name, role, state, before, most = MEMBERS_PER_PAGE }: AskedMembers,
) {
  const { id, username, createdAt, waitingSince, bannedAt, silencedUntil, leftAt } = members
  const found = await database
    .select({ id, username, role: members.role, createdAt, waitingSince, bannedAt, silencedUntil })
    .from(members)
    .where(
      and(
        lt(id, before),
        isNull(leftAt),
        name ? sql`starts_with(${members.usernameKey}, ${usernameKey(name)})` : undefined,
        role && eq(members.role, role),
        state === 'waiting' ? isNotNull(waitingSince) : undefined,
        state === 'banned' ? isNotNull(bannedAt) : undefined,
        state === 'silenced' ? gt(silencedUntil, sql`now()`) : undefined,
      ),
    )
    .orderBy(desc(id))
    .limit(most + 1)
  const shown = found.slice(0, most)
  return { members: named(shown), next: found.length > shown.length ? String(shown.at(-1)?.id) : null }
}
