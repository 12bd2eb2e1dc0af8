import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/database.ts'
import { notFound } from '../../../platform/problem.ts'
import { apiTokens } from '../../../schema/api.ts'
import type { Forum } from '../../forum.ts'

/** Revokes one of a member's tokens. @throws Problem 404 when they have none with this id. */
export async function revokeToken({ database }: Forum, memberId: number, id: number): Promise<void> {
  const revoked = await database
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, id), eq(apiTokens.memberId, memberId)))
    .returning({ id: apiTokens.id })
  if (revoked.length === 0) throw notFound('tokens.not_found')
}

/** Revokes all tokens, because somebody who knew the old password may have made one. */
export async function revokeAllTokens(transaction: Transaction, memberId: number): Promise<void> {
  await transaction.delete(apiTokens).where(eq(apiTokens.memberId, memberId))
}
