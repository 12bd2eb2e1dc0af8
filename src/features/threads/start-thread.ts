import { sql } from 'drizzle-orm'
import { isUniqueViolation } from '../../platform/database/database.ts'
import type { Forum } from '../../platform/forum.ts'
import { type FieldProblem, invalidFields } from '../../platform/http/errors.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { change } from '../../platform/live/change.ts'
import { HTML_VERSION } from '../../platform/markdown/markdown.ts'
import { tellOfThread } from '../notifications/tell-concerned.ts'
import { writing } from '../posts/payer.ts'
import { postOfRequest } from '../posts/queries.ts'
import { renderBody } from '../posts/render-body.ts'
import type { PlacedPost } from '../posts/reply-to-thread.ts'
import { requestKey } from '../posts/request-key.ts'
import { posts } from '../posts/schema.ts'
import { authorSubscribes } from '../subscriptions/author-subscribes.ts'
import { heatOfOnePost } from './activity.ts'
import { chosenBoards } from './chosen-boards.ts'
import { threads } from './schema.ts'
import { slugOf } from './slug.ts'
import { standInBoards } from './stand-in-boards.ts'
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
  const title = cleanTitle(thread.title, thread.author.language)
  const { boards, problem } = await chosenBoards(forum, thread.boards)
  const problems = [titleProblem(title), problem, emptyProblem(thread.body)].filter((one) => one !== null)
  if (problems.length > 0) throw invalidFields(problems)
  const body = thread.body.trimEnd()
  const source = { body, language: author.language, thread: null }
  const rendered = await renderBody(forum, source, writing(forum, author.id))
  const key = requestKey(thread.requestId, title, body, ...boards.map(({ slug }) => slug))

  try {
    return await change(forum, async (transaction, announce) => {
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
        .returning({ id: threads.id, slug: threads.slug })
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
          calledCount: rendered.mentioned.length,
        })
        .returning({ id: posts.id })
      if (!post) throw new Error('An insert answered no row')
      const boardIds = boards.map(({ id }) => id)
      await standInBoards(transaction, started.id, boards, sql`now()`)
      await transaction.execute(
        authorSubscribes(sql`${author.id}`, 'started', sql`(select ${started.id}::bigint as id)`),
      )
      const { mentioned } = rendered
      await tellOfThread(transaction, { thread: started.id, author: author.id, boards: boardIds, mentioned })
      await announce({ type: 'post', thread: started.id, number: 1, boards: boardIds })
      return { id: post.id, number: 1, thread: started }
    })
  } catch (error) {
    if (!key || !isUniqueViolation(error, 'posts_request_key')) throw error
    return postOfRequest(forum.database, author.id, key)
  }
}

const emptyProblem = (body: string): FieldProblem | null =>
  body.trim() ? null : { field: 'body', key: 'errors.empty' }
