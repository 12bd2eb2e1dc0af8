import { hash } from 'node:crypto'
import { and, eq, gt, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Adapter } from 'lucia'
import type { Database } from '../../../platform/database/database.ts'
import { notNow } from '../../../platform/database/unreachable.ts'
import { members, sessions } from '../../../schema/members.ts'
import { RETENTION } from '../../retention.ts'

/** What is stored of a session's id: a copy of the table opens no account. */
export const sessionHash = (sessionId: string): Buffer => hash('sha256', sessionId, 'buffer')

const longestSession = sql.raw(`interval '${RETENTION.longestSessionDays} days'`)
/**
 * Lucia extends a session whose end is near. One that has reached its longest time cannot be extended: its end is reported as
 * far, or each request would write to the database.
 */
const FAR_SECONDS = RETENTION.idleSessionDays * 86_400

/** Beyond a hundred, nobody counts: then there are more. */
const unreadCount = sql<number>`(
  select count(*) from (
    select from notifications where member_id = ${members.id} and read_at is null
    union all
    select from account_notifications where member_id = ${members.id} and read_at is null
    limit 101
  ) as unread
)`.mapWith(Number)

/**
 * Since when something can be unread for a member. A `Date` has no microseconds and would cut them off: a post that is
 * as much older than the member would be unread. So it is the next millisecond.
 */
const joinedAt = sql`date_trunc('milliseconds', greatest(${members.createdAt}, ${members.unreadSince}) + interval '999 microseconds')`

/** What is known of whoever makes a request, with a session or a token. */
export const recognised = {
  username: members.username,
  role: members.role,
  language: members.language,
  theme: members.theme,
  timeZone: members.timeZone,
  joinedAt: joinedAt.mapWith(members.createdAt),
  silenced: sql<boolean>`coalesce(${members.silencedUntil} > now(), false)`,
  waiting: sql<boolean>`${members.waitingSince} is not null`,
  hasFactor: sql<boolean>`exists (
    select from second_factors where member_id = ${members.id} and switched_on_at is not null
  )`,
  unread: unreadCount,
}

/** Writes while a page is made. Where the database takes no writes for now, the reader still gets the page. */
async function whereItCan(written: Promise<unknown>): Promise<void> {
  try {
    await written
  } catch (error) {
    if (!notNow(error)) throw error
  }
}

/** Lucia's storage, over our two tables. What comes out for an id carries that id, never the stored hash. */
export function sessionAdapter(database: Database): Adapter {
  const findSession = database
    .select({
      memberId: sessions.memberId,
      left: sql<number>`extract(epoch from ${sessions.expiresAt} - now())::float8`,
      canMove: sql<boolean>`${sessions.expiresAt} < ${sessions.createdAt} + ${longestSession}`,
      device: sessions.device,
      isFirstToday: sql<boolean>`${sessions.seenOn} < current_date`,
      ...recognised,
    })
    .from(sessions)
    .innerJoin(members, eq(members.id, sessions.memberId))
    // One that has ended is deleted by the clean-up of each hour: to read must not write.
    .where(
      and(eq(sessions.idHash, sql.placeholder('idHash')), isNull(members.bannedAt), gt(sessions.expiresAt, sql`now()`)),
    )
    .prepare('find_session')
  const noteSeen = database
    .update(sessions)
    .set({ seenOn: sql`current_date` })
    .where(eq(sessions.idHash, sql.placeholder('idHash')))
    .prepare('note_seen')

  return {
    async getSessionAndUser(sessionId) {
      const [row] = await findSession.execute({ idHash: sessionHash(sessionId) })
      // Who has left has no name, and no session either.
      if (!row || row.username === null) return [null, null]
      const { memberId, left, canMove, device, isFirstToday, username, ...member } = row
      // Once a day: the hour is nobody's business.
      if (isFirstToday) await whereItCan(noteSeen.execute({ idHash: sessionHash(sessionId) }))
      return [
        { id: sessionId, userId: memberId, expiresAt: endFor(canMove ? left : FAR_SECONDS), attributes: { device } },
        { id: memberId, attributes: { ...member, username } },
      ]
    },
    async getUserSessions(memberId) {
      const rows = await database.select().from(sessions).where(eq(sessions.memberId, memberId))
      return rows.map(({ idHash, expiresAt, device }) => ({
        id: idHash.toString('hex'),
        userId: memberId,
        expiresAt,
        attributes: { device },
      }))
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const { device } = attributes
      await database.insert(sessions).values({
        idHash: sessionHash(id),
        memberId: userId,
        expiresAt: endOf(expiresAt),
        device,
      })
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      const moved = database
        .update(sessions)
        .set({
          expiresAt: sql`least(${endOf(expiresAt)}, ${sessions.createdAt} + ${longestSession})`,
        })
        .where(eq(sessions.idHash, sessionHash(sessionId)))
      await whereItCan(moved)
    },
    async deleteSession(sessionId) {
      await database.delete(sessions).where(eq(sessions.idHash, sessionHash(sessionId)))
    },
    async deleteUserSessions(memberId) {
      await database.delete(sessions).where(eq(sessions.memberId, memberId))
    },
    async deleteExpiredSessions() {
      await database.delete(sessions).where(lte(sessions.expiresAt, sql`now()`))
    },
  }
}

/**
 * Lucia goes by the clock of this machine and the sessions by the database's: what passes between them is how many seconds
 * are left, so that a clock that is wrong logs nobody out.
 */
const endFor = (seconds: number): Date => new Date(Date.now() + seconds * 1_000)
const endOf = (end: Date): SQL => sql`now() + make_interval(secs => ${(end.getTime() - Date.now()) / 1_000}::float8)`
