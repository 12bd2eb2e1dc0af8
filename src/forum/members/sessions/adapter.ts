import { hash } from 'node:crypto'
import { and, eq, gt, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Adapter } from 'lucia'
import type { Database } from '../../../platform/database/database.ts'
import { notNow } from '../../../platform/database/unreachable.ts'
import { members, sessions } from '../../../schema/members.ts'
import { RETENTION } from '../../retention.ts'

/** What is stored of a session's id, so that a copy of the table opens no account. */
export const sessionHash = (sessionId: string): Buffer => hash('sha256', sessionId, 'buffer')

const longestSession = sql.raw(`interval '${RETENTION.longestSessionDays} days'`)
/**
 * Lucia extends a session that ends soon. One that has reached its longest time cannot be extended. Its end is reported
 * as far away, or Lucia would write to the database at each request.
 */
const FAR_SECONDS = RETENTION.idleSessionDays * 86_400

/** Counts up to 101, for «more than 100». */
const unreadCount = sql<number>`(
  select count(*) from (
    select from notifications where member_id = ${members.id} and read_at is null
    union all
    select from account_notifications where member_id = ${members.id} and read_at is null
    limit 101
  ) as unread
)`.mapWith(Number)

/**
 * The moment after which posts can be unread for a member. A `Date` has no microseconds, so it is rounded up to the next
 * millisecond. Rounded down, a post from just before they joined would be unread.
 */
const joinedAt = sql`date_trunc('milliseconds', greatest(${members.createdAt}, ${members.unreadSince}) + interval '999 microseconds')`

/** The columns about the member of a request, for sessions and tokens. */
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

/** For a write while a page is made. If the database takes no writes, the reader still gets the page. */
async function whereItCan(written: Promise<unknown>): Promise<void> {
  try {
    await written
  } catch (error) {
    if (!notNow(error)) throw error
  }
}

/** Lucia's storage in our two tables. Answers carry the session's id, never its stored hash. */
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
    // An ended session is ignored here and deleted by an hourly job, because reading must not write.
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
      // A former member has no name and no session.
      if (!row || row.username === null) return [null, null]
      const { memberId, left, canMove, device, isFirstToday, username, ...member } = row
      // Stores only the day, because the hour would show people's habits.
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
 * Lucia uses this machine's clock, and sessions end by the database's. The seconds that are left are passed between
 * them, so that a wrong clock logs nobody out.
 */
const endFor = (seconds: number): Date => new Date(Date.now() + seconds * 1_000)
const endOf = (end: Date): SQL => sql`now() + make_interval(secs => ${(end.getTime() - Date.now()) / 1_000}::float8)`
