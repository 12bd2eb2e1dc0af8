import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Wording } from '../page.ts'

/** Above this number, pages say «more than». */
export const MOST_NOTIFICATIONS = 100
/** The same for open cases. */
export const MOST_CASES = 100

/** The same for a member's posts. */
export const MOST_WRITTEN = 100

/** The number where there is hardly room for more. */
export const shortCount = (count: number): string =>
  count > MOST_NOTIFICATIONS ? `${MOST_NOTIFICATIONS}+` : String(count)

/** A number in words, or «more than» the highest number that is counted. */
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
