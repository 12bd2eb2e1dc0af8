import type { Forum } from '../forum/forum.ts'
import { oddTime } from '../platform/http/forms/form-time.ts'
import { invalidField } from '../platform/problem.ts'

/** What a form that needs no account sends besides: a field that nobody sees, and when the form was shown. */
interface Sent {
  website?: string | undefined
  shown?: string | undefined
}

/**
 * Lets a form pass that a person has filled in. Others get it back, with all that was typed: a person sends it again.
 * @throws Problem 422 for a field that nobody sees and that is filled in, and, where limits are on, for who was too quick or
 * sends a form that was opened too long ago.
 */
export function mustBeFilledInByHand({ config, secret }: Forum, { website = '', shown }: Sent): void {
  if (website !== '') throw invalidField('website', 'report.leave_empty')
  // A program that sends only what it has to say is one of those that the limits count.
  const odd = config.rateLimits && shown !== undefined ? oddTime(secret, shown) : null
  if (odd) throw invalidField('shown', `report.${odd}`)
}
