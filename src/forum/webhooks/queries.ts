import { and, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { notFound } from '../../platform/problem.ts'
import { threads } from '../../schema/threads.ts'
import { webhookDeliveries, webhooks } from '../../schema/webhooks.ts'
import { NEWEST_ID, sliceById } from '../discussion/cursor.ts'

/** Whether a webhook is for one of these boards: a condition on a row of `webhooks`. */
export const inPlaceOf = (boards: SQL): SQL => sql`(webhooks.board_id is null or webhooks.board_id = any (${boards}))
  and (webhooks.technology_id is null or webhooks.technology_id = any (${boards}))`

/** Whether a member, a row of `members`, may get events of this type. */
export const mayBeTold = (type: SQL): SQL =>
  sql`members.banned_at is null and (${type} <> 'post.flagged' or members.role in ('moderator', 'admin'))`

const shown = {
  id: webhooks.id,
  url: webhooks.url,
  events: webhooks.events,
  boardId: webhooks.boardId,
  technologyId: webhooks.technologyId,
  createdAt: webhooks.createdAt,
  failingSince: webhooks.failingSince,
  offAt: webhooks.offAt,
}

/** A member's webhooks, oldest first. */
export const webhooksOf = (database: Database, member: number) =>
  database.select(shown).from(webhooks).where(eq(webhooks.memberId, member)).orderBy(webhooks.id)

export type ShownWebhook = Awaited<ReturnType<typeof webhooksOf>>[number]

/** One of a member's webhooks. @throws Problem 404 when they have none with this id. */
export async function webhookOf(database: Database, member: number, id: number): Promise<ShownWebhook> {
  const [found] = await database
    .select(shown)
    .from(webhooks)
    .where(and(eq(webhooks.id, id), eq(webhooks.memberId, member)))
  if (!found) throw notFound('webhooks.not_found')
  return found
}

const DELIVERIES_PER_PAGE = 50

/** A webhook's messages, sent or waiting, newest first. Hidden titles are null. */
export async function deliveriesOf(
  database: Database,
  webhook: number,
  before = NEWEST_ID,
  most = DELIVERIES_PER_PAGE,
) {
  const found = await database
    .select({
      id: webhookDeliveries.id,
      type: webhookDeliveries.type,
      number: webhookDeliveries.number,
      happenedAt: webhookDeliveries.happenedAt,
      state: webhookDeliveries.state,
      tries: webhookDeliveries.tries,
      nextTryAt: webhookDeliveries.nextTryAt,
      lastTriedAt: webhookDeliveries.lastTriedAt,
      status: webhookDeliveries.status,
      problem: webhookDeliveries.problem,
      thread: { id: threads.id, slug: threads.slug, title: threads.title, language: threads.language },
    })
    .from(webhookDeliveries)
    .leftJoin(threads, and(eq(threads.id, webhookDeliveries.threadId), isNull(threads.removedAt)))
    .where(and(eq(webhookDeliveries.webhookId, webhook), lt(webhookDeliveries.id, before)))
    .orderBy(desc(webhookDeliveries.id))
    .limit(most + 1)
  return sliceById(found, most)
}
