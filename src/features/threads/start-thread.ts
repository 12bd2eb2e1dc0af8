import { sql } from 'drizzle-orm'
import { MOST_BOARDS } from '../../limits.ts'
import { isUniqueViolation } from '../../platform/database/database.ts'
import type { Forum } from '../../platform/forum.ts'
import { type FieldProblem, invalidFields } from '../../platform/http/errors.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { announce } from '../../platform/live/bus.ts'
import { HTML_VERSION } from '../../platform/markdown/markdown.ts'
import { type Board, boardCatalogue } from '../boards/catalogue.ts'
import { countThread } from '../boards/count-thread.ts'
import { postOfRequest } from '../posts/queries.ts'
import { renderBody } from '../posts/render-body.ts'
import type { PlacedPost } from '../posts/reply-to-thread.ts'
import { requestKey } from '../posts/request-key.ts'
import { posts } from '../posts/schema.ts'
import { heatOfOnePost } from './activity.ts'
import { crossingThreads, threadBoards, threads } from './schema.ts'
import { slugOf } from './slug.ts'
import { cleanTitle, titleProblem } from './title.ts'

export interface NewThread {
  author: { id: number; language: Language }
  title: string
  body: string
  /** Slugs of the boards it is to stand in. */
  boards: string[]
  /** Chosen by whoever sends it, so that sending it again makes no second thread. */
  requestId?: string | undefined
}

/**
 * Starts a thread with its first post. The same request again answers the thread that it made the first time.
 * @throws Problem 422 naming each field that cannot stay as it is.
 */
export async function startThread(forum: Forum, thread: NewThread): Promise<PlacedPost> {
  const { author } = thread
  const title = cleanTitle(thread.title)
  const boards = await boardsWithSlugs(forum, thread.boards)
  const problems = [titleProblem(title), boardsProblem(thread.boards, boards), emptyProblem(thread.body)]
  if (problems.some(Boolean)) throw invalidFields(problems.filter((problem) => problem !== null))
  const body = thread.body.trimEnd()
  const rendered = await renderBody(forum, { body, language: author.language, thread: null })
  const key = requestKey(thread.requestId, title, body, ...boards.map(({ slug }) => slug))

  try {
    return await forum.database.transaction(async (transaction) => {
      const [started] = await transaction
        .insert(threads)
        .values({
          title,
          slug: slugOf(title),
          authorId: author.id,
          lastAuthorId: author.id,
          language: author.language,
          boardIds: boards.map(({ id }) => id),
          heat: heatOfOnePost(sql`now()`),
        })
        .returning({ id: threads.id, slug: threads.slug, createdAt: sql<string>`${threads.createdAt}::text` })
      if (!started) throw new Error('An insert answered no row')
      const [post] = await transaction
        .insert(posts)
        .values({
          threadId: started.id,
          number: 1,
          authorId: author.id,
          body,
          bodyHtml: rendered.html,
          htmlVersion: HTML_VERSION,
          excerpt: rendered.excerpt,
          language: author.language,
          requestKey: key,
        })
        .returning({ id: posts.id })
      if (!post) throw new Error('An insert answered no row')
      const activeAt = sql`${started.createdAt}::timestamptz`
      const places = { threadId: started.id, activeAt }
      const crossed = await countThread(transaction, boards)
      await transaction.insert(threadBoards).values(boards.map(({ id }) => ({ ...places, boardId: id })))
      if (crossed.length > 0) {
        await transaction.insert(crossingThreads).values(crossed.map((crossing) => ({ ...places, ...crossing })))
      }
      await announce(transaction, { type: 'post', thread: started.id, number: 1 })
      return { id: post.id, number: 1, thread: started }
    })
  } catch (error) {
    if (!key || !isUniqueViolation(error, 'posts_request_key')) throw error
    return postOfRequest(forum.database, author.id, key)
  }
}

async function boardsWithSlugs(forum: Forum, slugs: readonly string[]): Promise<Board[]> {
  const catalogue = await boardCatalogue(forum)
  return [...new Set(slugs)].flatMap((slug) => catalogue.withSlug(slug) ?? [])
}

function boardsProblem(asked: readonly string[], found: readonly Board[]): FieldProblem | null {
  if (found.length === 0) return { field: 'boards', key: 'errors.none_chosen' }
  if (found.length < new Set(asked).size) return { field: 'boards', key: 'threads.no_such_board' }
  if (found.length > MOST_BOARDS)
    return { field: 'boards', key: 'errors.too_many_chosen', values: { count: MOST_BOARDS } }
  return null
}

const emptyProblem = (body: string): FieldProblem | null =>
  body.trim() ? null : { field: 'body', key: 'errors.empty' }
