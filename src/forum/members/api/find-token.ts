import { and, desc, eq, gte, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { apiTokens } from '../../../schema/api.ts'
import { members } from '../../../schema/members.ts'
import { recognised } from '../sessions/adapter.ts'
import { today, tokenHash } from './token.ts'

/**
 * Answers the member and the scopes of a token; null for one that is unknown, expired or revoked, or belongs to a banned
 * member.
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

/** A valid token with its member. */
export type StandingToken = NonNullable<Awaited<ReturnType<ReturnType<typeof openTokens>>>>

/** Stores that a token was used today. Only once a day, so that most requests write nothing. */
export async function noteTokenUse(database: Database, { id, lastUsedOn }: StandingToken): Promise<void> {
  const day = today()
  if (lastUsedOn === day) return
  await database.update(apiTokens).set({ lastUsedOn: day }).where(eq(apiTokens.id, id))
}

/** A member's tokens, newest first. They cannot exceed the limit for one member. */
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
