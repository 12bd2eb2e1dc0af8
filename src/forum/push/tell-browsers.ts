import { eq, sql } from 'drizzle-orm'
import { unsealed } from '../../platform/crypto/sealed.ts'
import { statement } from '../../platform/database/statement.ts'
import { postTo } from '../../platform/outgoing/post-to.ts'
import { pushBrowsers } from '../../schema/push.ts'
import type { Forum } from '../forum.ts'
import { reachesFor } from '../webhooks/webhook-address.ts'
import { signedFor } from './keys.ts'
import { PURPOSE } from './push-browsers.ts'

interface Due {
  id: number
  address: Buffer
}

/** Many, because a service that does not answer takes ten seconds. */
const AT_ONCE = 100
/** After this time other jobs run first. The rest follows a minute later. */
const TURN_MILLISECONDS = 20_000
/** In seconds: how long a push service keeps a message for a browser that is off (RFC 8030, 5.2). */
const DAY_SECONDS = 86_400
/** The browser no longer wants messages (RFC 8030, 7.3). */
const GONE = [404, 410]

/**
 * Takes the browsers whose members have unread notifications newer than the last message, those with the oldest message
 * first. Stores the newest notification, so that several unread ones cause one message.
 */
const takeDue = statement<Due>(sql`
  with due as (
    select push_browsers.id, newest.at
    from push_browsers
    join members on members.id = push_browsers.member_id and members.banned_at is null
    cross join lateral (
      select max(created_at) as at from (
        (select created_at from notifications
          where member_id = push_browsers.member_id and read_at is null order by id desc limit 1)
        union all
        (select created_at from account_notifications
          where member_id = push_browsers.member_id and read_at is null order by id desc limit 1)
      ) as unread
    ) as newest
    where newest.at > push_browsers.told_until
    order by push_browsers.told_until limit ${sql.raw(String(AT_ONCE))}
    for update of push_browsers skip locked
  )
  update push_browsers set told_until = due.at from due where push_browsers.id = due.id
  returning push_browsers.id, push_browsers.address`)

/** Tells browsers that there is something new. The message is empty, so that the maker of the browser does not learn what. */
export async function tellBrowsers(forum: Forum): Promise<void> {
  const end = performance.now() + TURN_MILLISECONDS
  for (;;) {
    const due = await takeDue(forum.database, {})
    await Promise.all(due.map((browser) => tell(forum, browser)))
    if (due.length < AT_ONCE || performance.now() > end) return
  }
}

async function tell(forum: Forum, { id, address }: Due): Promise<void> {
  const url = new URL(String(unsealed(forum.secret, PURPOSE, address)))
  const headers = { ...signedFor(forum, url), ttl: String(DAY_SECONDS), topic: 'new', urgency: 'low' }
  const outcome = await postTo(url, '', headers, reachesFor(forum.config))
  if ('status' in outcome && GONE.includes(outcome.status))
    await forum.database.delete(pushBrowsers).where(eq(pushBrowsers.id, id))
}
