import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { conflict, invalidField } from '../../platform/problem.ts'

/** A post that leaves its thread. */
export interface Leaving extends Record<string, unknown> {
  id: number
  number: number
  authorId: number
  language: string
  createdAt: Date
  deletedAt: Date | null
  replyTo: number | null
}

export type Numbered = Leaving & { newNumber: number }

/**
 * Posts of a thread in the order of time, locked until the commit.
 * @param numbers which posts; null for all.
 * @throws Problem 409 when some no longer exist, 422 for too many.
 */
export async function leavingPosts(
  transaction: Transaction,
  thread: number,
  numbers: readonly number[] | null,
  most: number,
): Promise<Leaving[]> {
  const which = numbers ? sql`number = any (${sql.param([...numbers])}::int[])` : sql`true`
  const { rows } = await transaction.execute<Leaving>(sql`
    select id, number, author_id as "authorId", language, created_at as "createdAt", deleted_at as "deletedAt",
      reply_to as "replyTo"
    from posts where thread_id = ${thread} and ${which}
    order by id limit ${most + 1} for update`)
  if (rows.length > most) throw invalidField('numbers', 'moderation.too_many_posts', { count: most })
  if (numbers && rows.length !== new Set(numbers).size) throw conflict('moderation.posts_gone')
  const found = rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    deletedAt: row.deletedAt && new Date(row.deletedAt),
  }))
  return found.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime() || one.number - other.number)
}

/** Gives each post the number that it had there before, or the next unused one. */
export async function giveNumbers(
  transaction: Transaction,
  leaving: readonly Leaving[],
  { id: thread }: { id: number },
  before: number,
): Promise<Numbered[]> {
  const { rows } = await transaction.execute<{ post: number; number: number }>(sql`
    select post_id as post, number from moved_posts
    where thread_id = ${thread} and post_id = any (${sql.param(leaving.map(({ id }) => id))}::bigint[])`)
  const own = new Map(rows.map(({ post, number }) => [post, number]))
  let next = before
  const numbered = leaving.map((post) => {
    const known = own.get(post.id)
    if (known !== undefined) return { ...post, newNumber: known }
    next += 1
    return { ...post, newNumber: next }
  })
  return numbered.sort((one, other) => one.newNumber - other.newNumber)
}

/**
 * Puts posts in their new places and remembers the old ones. They still answer the same post if that is in the same
 * thread. Posts that come back count as changes of the thread, because its readers know their places already.
 */
export async function movePlaces(
  transaction: Transaction,
  from: number,
  to: { id: number; lastNumber: number },
  moved: readonly Numbered[],
): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(
    moved.map(({ id, number, newNumber, replyTo }) => ({ id, number, new_number: newNumber, reply_to: replyTo })),
  )}::jsonb) as given (id bigint, number int, new_number int, reply_to int)`
  const { rows: home } = await transaction.execute<{ post: number; reply_to: number | null; number: number }>(sql`
    delete from moved_posts using ${given}
    where moved_posts.thread_id = ${to.id} and moved_posts.post_id = given.id
    returning moved_posts.post_id as post, moved_posts.reply_to, moved_posts.number`)
  await transaction.execute(sql`
    insert into moved_posts (thread_id, number, post_id, reply_to)
    select ${from}::bigint, given.number, given.id, given.reply_to from ${given}`)
  const returned = sql`${sql.param(home.map(({ post }) => post))}::bigint[]`
  const answered = sql`${sql.param(home.map(({ reply_to }) => reply_to))}::int[]`
  await transaction.execute(sql`
    with changes as (
      update threads set change_number = change_number + ${home.length}::int where id = ${to.id}
      returning change_number - ${home.length}::int as first
    ), back as (
      select post, reply_to, place from unnest(${returned}, ${answered}) with ordinality as back (post, reply_to, place)
    )
    update posts
    set thread_id = ${to.id}, number = given.new_number,
      change_number = case when back.post is null then 0 else changes.first + back.place end,
      reply_to = back.reply_to
    from ${given} left join back on back.post = given.id cross join changes
    where posts.id = given.id`)
  await answerAgain(transaction, from, to.id, moved)
}

/** Links posts again that arrived together with the post that they answer. */
async function answerAgain(
  transaction: Transaction,
  from: number,
  to: number,
  moved: readonly Numbered[],
): Promise<void> {
  const ids = sql`${sql.param(moved.map(({ id }) => id))}::bigint[]`
  await transaction.execute(sql`
    update posts set reply_to = answered.number
    from moved_posts as own
    join moved_posts as place on place.thread_id = own.thread_id and place.number = own.reply_to
    join posts as answered on answered.id = place.post_id
    where own.thread_id = ${from} and own.post_id = posts.id and posts.id = any (${ids})
      and posts.reply_to is null and answered.thread_id = ${to} and posts.thread_id = ${to}`)
}
