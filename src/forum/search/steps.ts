import { sql } from 'drizzle-orm'
import { addJob } from '../../platform/jobs/jobs.ts'
import type { MovedPosts, PostChange, ReplyStep, StartedThread, ThreadChange } from '../discussion/steps.ts'
import type { Step } from '../step.ts'
import { indexPosts } from './index-posts.ts'
import { above, bodyWords, configurationOf, filters, lineWords, vector } from './search-row.ts'

/** A thread with at most so many posts is indexed at once. For a longer one a job does the rest. */
const AT_ONCE = 100

/** Indexes a reply in its own statement. */
export const indexReply: ReplyStep = {
  name: 'indexed',
  values: ({ html, language, thread }) => ({
    searchConfiguration: configurationOf(language),
    searchWords: bodyWords(html, language),
    searchTitleConfiguration: configurationOf(thread.language),
    searchTitle: lineWords(thread.title, thread.language),
  }),
  sql: ({ postId, threadId, author, language, writtenAt, boardIds, written, isShown }) => sql`
    insert into search_rows (kind, id, thread_id, author_id, language, posted_at, words)
    select 'post', ${postId}, ${threadId}, ${author}, ${language}, ${writtenAt},
           ${vector(sql`${sql.placeholder('searchConfiguration')}::text`, sql`${sql.placeholder('searchWords')}::text`, 'reply')}
             || ${above(sql`${sql.placeholder('searchTitleConfiguration')}::text`, sql`${sql.placeholder('searchTitle')}::text`)}
             || ${filters({ thread: threadId, author, boardIds })}
    from ${written} where ${isShown}`,
}

/** Indexes a new thread. */
export const indexThread: Step<StartedThread> = async (transaction, { id }) => {
  await indexPosts(transaction, sql`posts.thread_id = ${id}`, 1)
}

/** Indexes an edited post again, and removes a deleted one. A job indexes the replies below a changed title. */
export const indexChange: Step<PostChange> = async (transaction, change) => {
  const { kind, post } = change
  // A post that was held is indexed as a new one.
  if (kind === 'approved' || kind === 'refused' || kind === 'withdrawn') return
  if (kind === 'deleted' || kind === 'erased') {
    await transaction.execute(sql`delete from search_rows where kind = 'post' and id = ${post.id}`)
  } else {
    await indexPosts(transaction, sql`posts.id = ${post.id}`, 1)
  }
  if (kind === 'edited' && change.retitled)
    await addJob(transaction, 'index_posts', { thread: post.thread.id, after: 0 })
}

/** Indexes again, because the language decides about word stems. */
export const indexRendered: Step<{ id: number }> = async (transaction, { id }) => {
  await indexPosts(transaction, sql`posts.id = ${id}`, 1)
}

/** Removes all posts of a hidden thread, and indexes those of a thread that comes back or moves. */
export const indexThreadChange: Step<ThreadChange> = async (transaction, { kind, thread }) => {
  if (kind === 'removed' || kind === 'emptied' || kind === 'merged') {
    await transaction.execute(sql`
      delete from search_rows using posts
      where posts.thread_id = ${thread} and search_rows.kind = 'post' and search_rows.id = posts.id`)
  }
  if (kind !== 'restored' && kind !== 'refilled' && kind !== 'moved') return
  const indexed = await indexPosts(transaction, sql`posts.thread_id = ${thread}`, AT_ONCE)
  const last = indexed.at(-1)
  if (last && indexed.length === AT_ONCE) await addJob(transaction, 'index_posts', { thread, after: last })
}

/** Indexes moved posts in their new thread and boards. With very many, a job does the words. */
export const indexMoved: Step<MovedPosts> = async (transaction, { to, posts }) => {
  const ids = sql`any (${sql.param(posts.map(({ id }) => id))}::bigint[])`
  await transaction.execute(sql`update search_rows set thread_id = ${to.id} where kind = 'post' and id = ${ids}`)
  const indexed = await indexPosts(transaction, sql`posts.id = ${ids}`, AT_ONCE)
  const last = indexed.at(-1)
  if (last && indexed.length === AT_ONCE) await addJob(transaction, 'index_posts', { thread: to.id, after: last })
}
