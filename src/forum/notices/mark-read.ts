import { and, eq, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notifications } from '../../schema/notifications.ts'
import { memberEvent } from '../events.ts'
import type { ReadThread } from '../following/steps.ts'
import type { Forum } from '../forum.ts'

/** Some notifications, or all up to the newest one that a page has shown. */
export type Chosen = { ids: number[] } | { upTo: number }

/** Marks some of a member's notifications as read. */
export async function markRead(forum: Forum, member: number, chosen: Chosen): Promise<void> {
  const which = 'ids' in chosen ? inArray(notifications.id, chosen.ids) : lte(notifications.id, chosen.upTo)
  await inTransaction(forum, async (transaction, announce) => {
    const unread = transaction
      .select({ id: notifications.id })
      .from(notifications)
      .where(and(eq(notifications.memberId, member), isNull(notifications.readAt), which))
      .orderBy(notifications.id)
      .for('update')
    const read = await transaction
      .update(notifications)
      .set({ readAt: sql`now()` })
      .where(inArray(notifications.id, unread))
      .returning({ id: notifications.id })
    if (read.length > 0) await announce(memberEvent('notified', member))
  })
}

/**
 * Marks a thread's notifications as read up to a number. One about new threads names the first of them, and stays unread
 * while there are newer ones.
 */
export async function markThreadRead(forum: Forum, { member, thread, number }: ReadThread): Promise<void> {
  await readThose(
    forum,
    member,
    sql`thread_id = ${thread} and number <= ${number}
      and (kind <> 'thread' or not exists (
        select from thread_boards join threads as later on later.id = thread_boards.thread_id
        where thread_boards.board_id = notifications.board_id and thread_boards.thread_id > notifications.thread_id
          and (technology_id is null or technology_id = any (later.board_ids))
      ))`,
  )
}

/** A board; or a city and a technology, for their crossing. */
export interface SeenPlace {
  board: number
  technology: number | null
}

/**
 * Marks new threads as seen by a member who opened the list of a board or crossing. A board's list includes its
 * crossings.
 */
export async function markPlaceSeen(forum: Forum, member: number, { board, technology }: SeenPlace): Promise<void> {
  const inPlace =
    technology === null
      ? sql`(board_id = ${board} or technology_id = ${board})`
      : sql`board_id = ${board} and technology_id = ${technology}`
  await readThose(forum, member, sql`${inPlace} and kind = 'thread'`)
}

/** Locks them in id order, so that two transactions that read or retract them cannot deadlock. */
async function readThose(forum: Forum, member: number, which: SQL): Promise<void> {
  const { rows } = await forum.database.execute(sql`
    with unread as (
      select id from notifications where member_id = ${member} and read_at is null and ${which} order by id for update
    )
    update notifications set read_at = now() from unread where notifications.id = unread.id returning unread.id`)
  if (rows.length > 0) await tellMember(forum, member)
}

const tellMember = (forum: Forum, member: number) =>
  inTransaction(forum, (_transaction, announce) => announce(memberEvent('notified', member)))
