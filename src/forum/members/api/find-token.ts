import { and, desc, eq, gte, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { apiTokens } from '../../../schema/api.ts'
import { members } from '../../../schema/members.ts'
import { recognised } from '../sessions/adapter.ts'
import { today, tokenHash } from './token.ts'

/**
 * Answers whose a token is, and what it is for: null for one that is wrong, has ended or was revoked, and for a banned
 * member's.
 */
export function openTokens(database: Database) {
  const standing = database
    .select({
      id: apiTokens.id,
      scopes: apiTokens.scopes,
      expiresOn: apiTokens.expiresOn,
      lastUsedOn: apiTokens.lastUsedOn,
      member: { id: members.id, ...recognised },
    })
    .from(apiTokens)
    .innerJoin(members, eq(members.id, apiTokens.memberId))
    .where(
      and(
        eq(apiTokens.tokenHash, sql.placeholder('hash')),
        gte(apiTokens.expiresOn, sql.placeholder('today')),
        isNull(members.bannedAt),
      ),
    )
    .prepare('api_token')
  return async (token: string) => {
    const [found] = await standing.execute({ hash: tokenHash(token), today: today() })
    if (!found || found.member.username === null) return null
    return { ...found, member: { ...found.member, username: found.member.username } }
  }
}

/** A token that opens something, and whose it is. */
export type StandingToken = NonNullable<Awaited<ReturnType<ReturnType<typeof openTokens>>>>

/** Writes down that a token was used today. Once a day: most requests write nothing. */
export async function noteTokenUse(database: Database, { id, lastUsedOn }: StandingToken): Promise<void> {
  const day = today()
  if (lastUsedOn === day) return
  await database.update(apiTokens).set({ lastUsedOn: day }).where(eq(apiTokens.id, id))
}

/** A member's tokens, the newest first: at most as many as one may have. */
export const tokensOf = (database: Database, memberId: number) =>
  database
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      scopes: apiTokens.scopes,
      createdOn: apiTokens.createdOn,
      expiresOn: apiTokens.expiresOn,
      lastUsedOn: apiTokens.lastUsedOn,
    })
    .from(apiTokens)
    .where(and(eq(apiTokens.memberId, memberId), gte(apiTokens.expiresOn, today())))
    .orderBy(desc(apiTokens.id))
