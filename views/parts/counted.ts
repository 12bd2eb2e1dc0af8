import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Wording } from '../page.ts'

/** Of more notifications it is said that there are more. */
export const MOST_NOTIFICATIONS = 100
/** So it is of what moderators have to decide. */
export const MOST_CASES = 100

/** And so of what a member has written. */
export const MOST_WRITTEN = 100

/** How many notifications there are, where there is room for hardly more than a number. */
export const shortCount = (count: number): string =>
  count > MOST_NOTIFICATIONS ? `${MOST_NOTIFICATIONS}+` : String(count)

/** A number in words, or where it is above the most that are counted, that there are more than those. */
export function countedUpTo(
  { t, language }: Wording,
  most: number,
  what:
    | 'threads.unread'
    | 'boards.unread'
    | 'cases.open'
    | `members.${'threads' | 'replies' | 'posts'}_written`
    | `notifications.${'unread' | 'answers' | 'mentions' | 'replies' | 'threads'}`
    | `mails.${'answers' | 'mentions' | 'replies'}`,
  count: number,
): string {
  if (count <= most) return t(what, { count, shown: showNumber(count, language) })
  return t(what, { count: most, shown: t('site.more_than', { number: showNumber(most, language) }) })
}
