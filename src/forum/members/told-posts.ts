import { type SQL, sql } from 'drizzle-orm'

/**
 * The columns of a mail that name the posts it tells of: once one of them is out of sight, the mail is written anew instead of
 * sent.
 * @param since of a digest, from when on it tells.
 */
export const toldPosts = (
  posts: readonly { thread: { id: number }; number: number }[],
  since?: Date,
): Record<string, SQL> => ({
  told_threads: sql`${sql.param(posts.map(({ thread }) => thread.id))}::bigint[]`,
  told_numbers: sql`${sql.param(posts.map(({ number }) => number))}::int[]`,
  told_since: sql`${since?.toISOString() ?? null}::timestamptz`,
})
