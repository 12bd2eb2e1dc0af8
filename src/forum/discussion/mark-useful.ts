import { sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notAllowed, notFound } from '../../platform/problem.ts'
import { usefulEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayMarkUseful, mayWrite, whyNotWrite } from '../members/permissions.ts'
import type { Leaving } from '../members/steps.ts'
import { mustStillWrite } from '../members/still-writes.ts'
import type { Step } from '../step.ts'
import { findPost } from './find-post.ts'
import type { StandingPost } from './post-in-thread.ts'

/**
 * Sets or removes a member's useful mark on a post. Setting it twice counts once. It notifies nobody and ranks nothing.
 * @returns the post, and how many members find it useful now.
 * @throws Problem 404 when it cannot be read; 403 for their own post, and for a member who may not write.
 */
export async function markUseful(
  forum: Forum,
  { post: id, member, useful }: { post: number; member: Actor; useful: boolean },
): Promise<{ post: StandingPost; count: number }> {
  const post = await findPost(forum, id, member)
  if (post.deletedAt !== null) throw notFound('posts.not_found')
  if (!mayWrite(member)) throw notAllowed(whyNotWrite(member))
  if (!mayMarkUseful(member, post)) throw notAllowed('posts.own_useful')
  const change = useful
    ? sql`insert into useful_marks (post_id, member_id) values (${id}, ${member.id}) on conflict do nothing returning post_id`
    : sql`delete from useful_marks where post_id = ${id} and member_id = ${member.id} returning post_id`
  const count = await inTransaction(forum, async (transaction, announce) => {
    await mustStillWrite(transaction, member.id)
    // Locks the post first, as deleting does, so that the two cannot deadlock.
    const standing = await transaction.execute(
      sql`select from posts where id = ${id} and deleted_at is null for no key update`,
    )
    if (standing.rows.length === 0) throw notFound('posts.not_found')
    const { rows } = await transaction.execute<{ count: number }>(sql`
      with changed as (${change})
      update posts set useful_count = useful_count + ${useful ? 1 : -1} * (select count(*) from changed)::int
      where id = ${id} returning useful_count as count`)
    await announce(usefulEvent(post.thread.id, post.number))
    return rows[0]?.count ?? 0
  })
  return { post, count }
}

/** Removes the marks of an erased member. Locks posts in id order, so that two transactions cannot deadlock. */
export const forgetUsefulMarks: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction.execute(sql`
    select from posts where id in (select post_id from useful_marks where member_id = ${memberId})
    order by id for no key update`)
  await transaction.execute(sql`
    with gone as (delete from useful_marks where member_id = ${memberId} returning post_id)
    update posts set useful_count = useful_count - 1 from gone where id = gone.post_id`)
}
