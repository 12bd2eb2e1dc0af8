import { hash } from 'node:crypto'
import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Adapter } from 'lucia'
import type { Database } from '../../../platform/database/database.ts'
import { members, sessions } from '../schema.ts'

/** What is stored of a session's id: a copy of the table opens no account. */
export const sessionHash = (sessionId: string): Buffer => hash('sha256', sessionId, 'buffer')

/** Beyond a hundred, nobody counts: then there are more. */
const unreadCount = sql<number>`(
  select count(*) from (
    select from notifications where member_id = ${members.id} and read_at is null limit 101
  ) as unread
)`.mapWith(Number)

/** Lucia's storage, over our two tables. What comes out for an id carries that id, never the stored hash. */
export function sessionAdapter(database: Database): Adapter {
  const findSession = database
    .select({
      memberId: sessions.memberId,
      expiresAt: sessions.expiresAt,
      device: sessions.device,
      username: members.username,
      role: members.role,
      language: members.language,
      theme: members.theme,
      joinedAt: members.createdAt,
      unread: unreadCount,
    })
    .from(sessions)
    .innerJoin(members, eq(members.id, sessions.memberId))
    .where(and(eq(sessions.idHash, sql.placeholder('idHash')), isNull(members.bannedAt)))
    .prepare('find_session')

  return {
    async getSessionAndUser(sessionId) {
      const [row] = await findSession.execute({ idHash: sessionHash(sessionId) })
      if (!row) return [null, null]
      const { memberId, expiresAt, device, ...member } = row
      return [
        { id: sessionId, userId: memberId, expiresAt, attributes: { device } },
        { id: memberId, attributes: member },
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
      await database.insert(sessions).values({ idHash: sessionHash(id), memberId: userId, expiresAt, device })
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      await database
        .update(sessions)
        .set({ expiresAt })
        .where(eq(sessions.idHash, sessionHash(sessionId)))
    },
    async deleteSession(sessionId) {
      await database.delete(sessions).where(eq(sessions.idHash, sessionHash(sessionId)))
    },
    async deleteUserSessions(memberId) {
      await database.delete(sessions).where(eq(sessions.memberId, memberId))
    },
    async deleteExpiredSessions() {
      await database.delete(sessions).where(lte(sessions.expiresAt, new Date()))
    },
  }
}
