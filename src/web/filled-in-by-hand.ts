import type { Forum } from '../forum/forum.ts'
import { oddTime } from '../platform/http/forms/form-time.ts'
import { invalidField } from '../platform/problem.ts'

/** Two extra fields of a form that needs no account: one that people do not see, and the time when the form was shown. */
interface Sent {
  website?: string | undefined
  shown?: string | undefined
}

/**
 * Lets a form pass that a person has filled in. Otherwise the form comes back with all that was typed, so that a person
 * can send it again.
 * @throws Problem 422 when the hidden field is filled in, or, with limits on, when the form came back too quickly or was
 * opened too long ago.
 */
export function mustBeFilledInByHand({ config, secret }: Forum, { website = '', shown }: Sent): void {
  if (website !== '') throw invalidField('website', 'report.leave_empty')
  // A program that sends only the real fields has no `shown`. The limits count it.
  const odd = config.rateLimits && shown !== undefined ? oddTime(secret, shown) : null
  if (odd) throw invalidField('shown', `report.${odd}`)
}
