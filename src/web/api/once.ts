import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Forum } from '../../forum/forum.ts'
import { onceForKey } from '../../forum/members/api/idempotency-key.ts'
import { memberOf } from '../members/recognise-members.ts'

const Key = Type.String({ minLength: 1, maxLength: 255, description: 'Sent again with the same one, it is made once' })

/** draft-ietf-httpapi-idempotency-key-header. */
export const KeyHeader = Type.Object({ 'idempotency-key': Type.Optional(Key) })

const WithRequestId = Type.Object({ request_id: Type.String() })

/**
 * Makes a post once, however often a program repeats its `Idempotency-Key`. Answers the post's id. @throws as `make`;
 * Problem 422.
 */
export async function madeOnce(
  forum: Forum,
  request: FastifyRequest,
  make: (requestId: string | undefined) => Promise<{ id: number }>,
): Promise<number> {
  const { 'idempotency-key': key } = request.headers
  const own = Value.Check(WithRequestId, request.body) ? request.body.request_id : undefined
  if (typeof key !== 'string') return (await make(own)).id
  const sent = [request.method, request.url, request.body]
  return onceForKey(forum, { member: memberOf(request).id, key, sent }, (requestId) => make(own ?? requestId))
}
