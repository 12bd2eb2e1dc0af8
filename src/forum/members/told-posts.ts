import { type SQL, sql } from 'drizzle-orm'

/**
 * The columns of a mail that name its posts. When one of them is hidden before the mail is sent, the mail is written
 * again.
 * @param since for a digest: the moment from which it tells.
 */
export const toldPosts = (
  posts: readonly { thread: { id: number }; number: number }[],
  since?: Date,
): Record<string, SQL> => ({
  told_threads: sql`${sql.param(posts.map(({ thread }) => thread.id))}::bigint[]`,
  told_numbers: sql`${sql.param(posts.map(({ number }) => number))}::int[]`,
  told_since: sql`${since?.toISOString() ?? null}::timestamptz`,
})
