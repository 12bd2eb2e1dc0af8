import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { statement } from '../../platform/database/statement.ts'
import { serialJob } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { type DueDelivery, deliver } from './deliver.ts'
import { mayBeTold } from './queries.ts'
import { spreadEvents } from './spread-events.ts'
import { SEND } from './steps.ts'
import { WAITS } from './waits.ts'

const AT_ONCE = 10
const TURN_MILLISECONDS = 20_000
/** While receivers keep it waiting, it looks again so often for what is new: other receivers are quick. */
const LOOK_AGAIN_MILLISECONDS = 500

/**
 * Takes one due message of each of some webhooks in hand: nobody's receiver is asked twice at once, and one that stalls holds
 * up its own. A process that dies gives them back in a minute.
 */
const takeDue = statement<DueDelivery>(sql`
    with due as (
      select webhooks.id as webhook_id, next.id
      from webhooks
      join members on members.id = webhooks.member_id
      cross join lateral (
        select id from webhook_deliveries
        where webhook_id = webhooks.id and state = 'queued' and next_try_at <= now()
          and ${mayBeTold(sql`type`)}
        order by next_try_at limit 1
      ) as next
      where webhooks.off_at is null and webhooks.quiet_until <= now()
      order by webhooks.quiet_until, webhooks.id limit ${sql.placeholder('most')}::int
      for update of webhooks skip locked
    ), held as (
      update webhooks set quiet_until = now() + interval '1 minute' from due where webhooks.id = due.webhook_id
      returning webhooks.id, url, secret, member_id
    )
    update webhook_deliveries as taken
    set tries = tries + 1, last_tried_at = now(), next_try_at = now() + coalesce(
      (array[${sql.raw(WAITS.map((wait) => `interval '${wait}'`).join(', '))}])[tries + 1], interval '1 day')
    from due join held on held.id = due.webhook_id
    where taken.id = due.id
    returning taken.id, taken.webhook_id as "webhookId", taken.message_id as "messageId", taken.type,
      taken.thread_id as "threadId", taken.number, taken.happened_at as "happenedAt", taken.tries,
      held.url, held.secret, held.member_id as "memberId"`)

/** Sends what is due, in a turn after which other jobs come in between. */
export async function sendDue(forum: Forum): Promise<void> {
  const end = performance.now() + TURN_MILLISECONDS
  const underWay = new Set<Promise<void>>()
  while (performance.now() < end) {
    const more = await spreadEvents(forum)
    const due = await takeDue(forum.database, { most: AT_ONCE - underWay.size })
    for (const delivery of due) {
      const sending: Promise<void> = deliverInAnyCase(forum, delivery).finally(() => underWay.delete(sending))
      underWay.add(sending)
    }
    if (underWay.size > 0)
      await Promise.race([...underWay, setTimeout(LOOK_AGAIN_MILLISECONDS, undefined, { ref: false })])
    else if (!more) return
  }
  await Promise.all(underWay)
  await forum.database.execute(sql`select ${serialJob(SEND)}`)
}

/** Whatever is wrong with one message, such as a secret that was sealed with another key, the others go out. */
const deliverInAnyCase = (forum: Forum, delivery: DueDelivery): Promise<void> =>
  deliver(forum, delivery).catch((error: unknown) => {
    forum.log.error({ err: error, webhook: delivery.webhookId }, 'a webhook could not be sent')
  })
