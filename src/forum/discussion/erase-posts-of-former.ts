import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { posts } from '../../schema/posts.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { formerWhoTakePosts, tookPosts } from '../members/leaving/posts-taken.ts'
import type { Forget } from '../retention.ts'
import { eraseWords } from './erase-post.ts'
import { postById } from './post-in-thread.ts'

const AT_ONCE = 100

/**
 * Erases the posts of former members who chose that; the place of each stays. One transaction for each post, so that
 * readers do not wait. After a crash, the next run goes on.
 */
export const erasePostsOfFormerMembers: Forget<Forum> = async (forum) => {
  for (const member of await formerWhoTakePosts(forum.database)) {
    let after = 0
    for (;;) {
      const rows = await forum.database
        .select({ id: posts.id })
        .from(posts)
        .where(and(eq(posts.authorId, member), gt(posts.id, after), isNull(posts.erasedAt)))
        .orderBy(asc(posts.id))
        .limit(AT_ONCE)
      for (const { id } of rows) await erasePost(forum, id, member)
      after = rows.at(-1)?.id ?? after
      if (rows.length < AT_ONCE) break
    }
    await tookPosts(forum.database, member)
  }
}

async function erasePost(forum: Forum, id: number, by: number): Promise<void> {
  const [catalogue, post] = await Promise.all([boardCatalogue(forum), postById(forum.database, id)])
  if (!post) return
  await inTransaction(forum, (transaction, announce) =>
    eraseWords(forum, transaction, announce, { catalogue, post, by, reason: null }),
  )
}
