import { hash } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { Problem } from '../../../platform/problem.ts'
import { idempotencyKeys } from '../../../schema/api.ts'
import type { Forum } from '../../forum.ts'

export interface KeyedRequest {
  member: number
  key: string
  /** The whole request: address and body. */
  sent: unknown
}

/**
 * Makes a post once for all requests with the same key and content, also for two at once, and answers its id (IETF
 * draft-ietf-httpapi-idempotency-key-header). After a failure, a corrected request may use the key again.
 * @param make must answer the same post for the same `request_id`. This is what merges two requests at once.
 * @throws Problem 422 for a key that was used with another content, and whatever `make` throws.
 */
export async function onceForKey(
  { database }: Forum,
  { member, key, sent }: KeyedRequest,
  make: (requestId: string) => Promise<{ id: number }>,
): Promise<number> {
  const keyHash = hash('sha256', key, 'buffer')
  const requestHash = hash('sha256', JSON.stringify(sent), 'buffer')
  const row = and(eq(idempotencyKeys.memberId, member), eq(idempotencyKeys.keyHash, keyHash))
  await database.insert(idempotencyKeys).values({ memberId: member, keyHash, requestHash }).onConflictDoNothing()
  const [known] = await database.select().from(idempotencyKeys).where(row)
  if (known && !known.requestHash.equals(requestHash)) throw new Problem(422, 'api.key_reused')
  if (known?.postId) return known.postId
  try {
    const { id } = await make(`idempotency ${keyHash.toString('base64url')}`)
    const made = { memberId: member, keyHash, requestHash, postId: id }
    await database
      .insert(idempotencyKeys)
      .values(made)
      .onConflictDoUpdate({ target: [idempotencyKeys.memberId, idempotencyKeys.keyHash], set: { postId: id } })
    return id
  } catch (error) {
    if (error instanceof Problem) await database.delete(idempotencyKeys).where(and(row, isNull(idempotencyKeys.postId)))
    throw error
  }
}
