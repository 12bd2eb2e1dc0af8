import { eq } from 'drizzle-orm'
import { LONGEST_TOKEN_NAME, MOST_TOKENS } from '../../../limits.ts'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { type FieldProblem, invalidField, invalidFields } from '../../../platform/problem.ts'
import { takeAttempt } from '../../../platform/rate-limits/rate-limits.ts'
import { isSeen } from '../../../platform/text/markdown/is-seen.ts'
import { apiTokens } from '../../../schema/api.ts'
import type { Scope } from '../../../schema/enums.ts'
import type { Forum } from '../../forum.ts'
import { holdSession, type InSession } from '../sessions/hold-session.ts'
import { newToken, today, tokenHash } from './token.ts'

const NEW_TOKENS = { action: 'make token', most: 30, seconds: 3_600 }

export interface NewToken extends InSession {
  name: string
  scopes: readonly Scope[]
  /** The last valid day, as `YYYY-MM-DD`. */
  expiresOn: string
}

/**
 * Makes a token for a member and answers it. Only its hash is stored, so it cannot be shown again.
 * @throws Problem 422 for invalid fields or too many tokens; 401 when the session has just ended; 429 for making them
 * too often.
 */
export async function makeToken(forum: Forum, { name, scopes, expiresOn, ...asking }: NewToken): Promise<string> {
  const { memberId } = asking
  const called = name.replace(/\s+/g, ' ').trim()
  const problems = [nameProblem(called), scopesProblem(scopes), endProblem(expiresOn)].filter((one) => one !== null)
  if (problems.length > 0) throw invalidFields(problems)
  await takeAttempt(forum, NEW_TOKENS, String(memberId))
  const token = newToken()
  await inTransaction(forum, async (transaction) => {
    // Locks the member, so that two tokens made at once count each other.
    await holdSession(transaction, asking)
    const present = await transaction
      .select({ id: apiTokens.id })
      .from(apiTokens)
      .where(eq(apiTokens.memberId, memberId))
      .limit(MOST_TOKENS)
    if (present.length === MOST_TOKENS) throw invalidField('tokens', 'tokens.too_many', { count: MOST_TOKENS })
    await transaction
      .insert(apiTokens)
      .values({ memberId, name: called, tokenHash: tokenHash(token), scopes: [...new Set(scopes)], expiresOn })
  })
  return token
}

function nameProblem(name: string): FieldProblem | null {
  if (!isSeen(name)) return { field: 'name', key: 'errors.empty' }
  if (name.length <= LONGEST_TOKEN_NAME) return null
  return { field: 'name', key: 'errors.too_long', values: { count: LONGEST_TOKEN_NAME } }
}

const scopesProblem = (scopes: readonly Scope[]): FieldProblem | null =>
  scopes.length === 0 ? { field: 'scopes', key: 'errors.none_chosen' } : null

function endProblem(day: string): FieldProblem | null {
  const moment = new Date(`${day}T00:00:00Z`)
  // `Date` turns `2027-02-30` into another day.
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
  if (!isDay) return { field: 'expires_on', key: 'tokens.no_such_day' }
  return day < today() ? { field: 'expires_on', key: 'tokens.day_is_past' } : null
}
