import type { Forum } from '../forum/forum.ts'
import { isTooQuick } from '../platform/http/forms/form-time.ts'
import { invalidField } from '../platform/problem.ts'

/** What a form that needs no account sends besides: a field that nobody sees, and when the form was shown. */
interface Sent {
  website?: string | undefined
  shown?: string | undefined
}

/**
 * Lets a form pass that a person has filled in. Others get it back, with all that was typed: a person sends it again.
 * @throws Problem 422 for a field that nobody sees and that is filled in, and, where limits are on, for who was too quick.
 */
export function mustBeFilledInByHand({ config, secret }: Forum, { website = '', shown }: Sent): void {
  if (website !== '') throw invalidField('website', 'report.leave_empty')
  // A program that sends only what it has to say is one of those that the limits count.
  if (config.rateLimits && shown !== undefined && isTooQuick(secret, shown))
    throw invalidField('shown', 'report.too_quick')
}
