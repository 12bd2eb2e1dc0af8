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

/** Messages sent at once. */
const AT_ONCE = 10
/** Messages sent at once to webhooks of one member. */
const AT_ONCE_EACH = 3
/** Messages sent at once to untrusted receivers, so that slow ones leave places for the others. */
const AT_ONCE_TO_UNTRUSTED = 5
const TURN_MILLISECONDS = 20_000
/** How often it looks for new messages while receivers keep it waiting, because other receivers are quick. */
const LOOK_AGAIN_MILLISECONDS = 500

interface Taken extends DueDelivery {
  /** Whether the receiver accepts messages quickly. */
  trusted: boolean
}

const isTrusted = sql`coalesce(webhooks.failures = 0 and webhooks.trusted_from <= now(), false)`

/**
 * Claims a due message of a webhook. No receiver gets two at once, so a slow one delays only its own. If the process
 * dies, the claim ends after a minute.
 */
const takeDue = statement<Taken>(sql`
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
        and webhooks.member_id <> all (${sql.placeholder('full')}::bigint[])
        and (${isTrusted} or ${sql.placeholder('toUntrusted')}::boolean)
      order by webhooks.quiet_until, webhooks.id limit 1
      for update of webhooks skip locked
    ), held as (
      update webhooks set quiet_until = now() + interval '1 minute' from due where webhooks.id = due.webhook_id
      returning webhooks.id, url, secret, member_id, ${isTrusted} as trusted
    )
    update webhook_deliveries as taken
    set tries = tries + 1, last_tried_at = now(), next_try_at = now() + coalesce(
      (array[${sql.raw(WAITS.map((wait) => `interval '${wait}'`).join(', '))}])[tries + 1], interval '1 day')
    from due join held on held.id = due.webhook_id
    where taken.id = due.id
    returning taken.id, taken.webhook_id as "webhookId", taken.message_id as "messageId", taken.type,
      taken.thread_id as "threadId", taken.number, taken.happened_at as "happenedAt", taken.tries,
      held.url, held.secret, held.member_id as "memberId", held.trusted`)

/**
 * Sends due messages for one turn, after which other jobs can run. Near the end of the turn it sends nothing to
 * untrusted receivers, so that the others do not wait for them.
 */
export async function sendDue(forum: Forum): Promise<void> {
  const end = performance.now() + TURN_MILLISECONDS
  const underWay = new Map<Promise<void>, Taken>()
  while (performance.now() < end || untrusted(underWay.values()) > 0) {
    const more = await spreadEvents(forum)
    for (let taken = 0; taken < AT_ONCE; taken += 1) {
      const delivery = await takeNext(forum, [...underWay.values()], performance.now() >= end)
      if (!delivery) break
      const sending: Promise<void> = deliverInAnyCase(forum, delivery).finally(() => underWay.delete(sending))
      underWay.set(sending, delivery)
    }
    if (underWay.size > 0)
      await Promise.race([...underWay.keys(), setTimeout(LOOK_AGAIN_MILLISECONDS, undefined, { ref: false })])
    else if (!more) return
  }
  await Promise.all(underWay.keys())
  await forum.database.execute(sql`select ${serialJob(SEND)}`)
}

const untrusted = (underWay: Iterable<Taken>): number => [...underWay].filter(({ trusted }) => !trusted).length

/** The next message for which there is a place beside those being sent. */
async function takeNext({ database }: Forum, underWay: readonly Taken[], isEnding: boolean): Promise<Taken | null> {
  if (underWay.length >= AT_ONCE) return null
  const ofMember = Map.groupBy(underWay, ({ memberId }) => memberId)
  const full = [...ofMember].flatMap(([member, its]) => (its.length >= AT_ONCE_EACH ? [member] : []))
  const toUntrusted = !isEnding && untrusted(underWay) < AT_ONCE_TO_UNTRUSTED
  const [taken = null] = await takeDue(database, { full, toUntrusted })
  return taken
}

/** Catches every error of one message, such as a secret encrypted with another key, so that the others are sent. */
const deliverInAnyCase = (forum: Forum, delivery: DueDelivery): Promise<void> =>
  deliver(forum, delivery).catch((error: unknown) => {
    forum.log.error({ err: error, webhook: delivery.webhookId }, 'a webhook could not be sent')
  })
