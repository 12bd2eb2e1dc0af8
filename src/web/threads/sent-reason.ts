import type { FastifyRequest } from 'fastify'
import { LONGEST_REASON } from '../../limits.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { invalidField } from '../../platform/problem.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'

/**
 * A moderator's reason from the form; null without one.
 * @throws Problem 422 when it is too long.
 */
export function sentReason(request: FastifyRequest): string | null {
  const reason = sentForm(request).text('reason').trim()
  if (reason.length > LONGEST_REASON) throw invalidField('reason', 'errors.too_long', { count: LONGEST_REASON })
  return isSeen(reason) ? reason : null
}
