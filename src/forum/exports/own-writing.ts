import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { posts, postVersions } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'

const AT_ONCE = 100

/** A thread's title and address. Those of a removed thread are only given to its author. */
export function nameFor(memberId: number) {
  const isShown = sql`${threads.removedAt} is null or ${threads.authorId} = ${memberId}`
  return {
    slug: sql<string>`case when ${isShown} then ${threads.slug} else '-' end`,
    title: sql<string>`case when ${isShown} then ${threads.title} else '…' end`,
  }
}

/** All posts of a member in order, with their former versions, in batches. */
export async function* writtenBy(database: Database, memberId: number) {
  for (let after = 0; ; ) {
    const rows = await database
      .select({
        id: posts.id,
        number: posts.number,
        body: posts.body,
        language: posts.language,
        reply_to: posts.replyTo,
        created_at: posts.createdAt,
        edited_at: posts.editedAt,
        deleted_at: posts.deletedAt,
        deleted_reason: posts.deletedReason,
        thread: { id: threads.id, ...nameFor(memberId) },
      })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(eq(posts.authorId, memberId), gt(posts.id, after)))
      .orderBy(asc(posts.id))
      .limit(AT_ONCE)
    const last = rows.at(-1)
    if (!last) return
    const ids = rows.map(({ id }) => id)
    const versions = await database
      .select()
      .from(postVersions)
      .where(inArray(postVersions.postId, ids))
      .orderBy(asc(postVersions.postId), asc(postVersions.version))
    const versionsOf = Map.groupBy(versions, ({ postId }) => postId)
    for (const row of rows) {
      const former = (versionsOf.get(row.id) ?? []).map(({ title, body, writtenAt }) => ({
        ...(title === null ? {} : { title }),
        body,
        written_at: writtenAt,
      }))
      yield { ...row, former_versions: former }
    }
    after = last.id
  }
}

export type WrittenByMember = ReturnType<typeof writtenBy> extends AsyncGenerator<infer Post> ? Post : never
