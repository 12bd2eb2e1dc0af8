import { sql } from 'drizzle-orm'
import { statement } from '../../platform/database/statement.ts'
import type { Forum } from '../forum.ts'
import { inPlaceOf, mayBeTold } from './queries.ts'

const EVENTS_AT_ONCE = 100

/** One statement, so that an event is deleted only with all its messages stored. */
const spread = statement<{ taken: number }>(sql`
    with taken as (
      delete from webhook_events
      where id in (select id from webhook_events order by id limit ${sql.raw(String(EVENTS_AT_ONCE))} for update skip locked)
      returning *
    ), queued as (
      insert into webhook_deliveries (webhook_id, type, thread_id, number, happened_at)
      select webhooks.id, taken.type, taken.thread_id, taken.number, taken.happened_at
      from taken
      join webhooks on webhooks.off_at is null and taken.type = any (webhooks.events) and ${inPlaceOf(sql`taken.board_ids`)}
      join members on members.id = webhooks.member_id and ${mayBeTold(sql`taken.type`)}
      order by taken.id, webhooks.id
    )
    select count(*)::int as taken from taken`)

/** Makes a message for each webhook from each event. Answers whether there may be more. */
export async function spreadEvents({ database }: Forum): Promise<boolean> {
  const [counted] = await spread(database, {})
  return (counted?.taken ?? 0) >= EVENTS_AT_ONCE
}
