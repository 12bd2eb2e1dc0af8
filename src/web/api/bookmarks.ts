import { type Static, Type } from 'typebox'
import { bookmarkPost, removeBookmark } from '../../forum/following/bookmark-post.ts'
import { type BookmarkedPost, readBookmarks } from '../../forum/following/bookmarks-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { LONGEST_REASON } from '../../limits.ts'
import { postPath } from '../../paths.ts'
import { nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { needs } from './access.ts'
import { gathered, Limit, linkNext, listOf } from './lists.ts'
import { Before, Moment, nullable } from './shapes.ts'

const Bookmark = Type.Object(
  {
    id: Type.Integer({ description: 'Of the post' }),
    note: Type.String({ description: 'What you have noted for yourself' }),
    created_at: Moment,
    post: nullable(
      Type.Object(
        {
          thread: Type.Integer(),
          title: Type.String(),
          number: Type.Integer(),
          url: Type.String(),
          author: nullable(Type.String()),
          excerpt: Type.String(),
          language: Type.String(),
        },
        { description: 'Null: it is out of sight' },
      ),
    ),
  },
  { title: 'Bookmark' },
)

/** A member's bookmarks. */
export function bookmarkRoutes(api: App, forum: Forum): void {
  const listing = {
    config: needs('read', 'list_bookmarks'),
    schema: { querystring: Type.Object({ before: Before, limit: Limit }), response: { 200: listOf(Bookmark) } },
  }
  api.get('/bookmarks', listing, async (request, reply) => {
    const { before, limit } = request.query
    const { items, next } = await gathered(limit, before, async (from, most) => {
      const { rows, next } = await readBookmarks(forum.database, memberOf(request).id, from, most)
      return { items: rows, next }
    })
    linkNext(request, reply, 'before', next)
    return { items: items.map(asJson) }
  })

  const Keep = Type.Object({
    keep: Type.Boolean(),
    note: Type.Optional(Type.String({ maxLength: LONGEST_REASON, description: 'Without: as it was' })),
  })
  const keeping = {
    config: needs('write', 'bookmark_post'),
    schema: { params: Type.Object({ id: Id }), body: Keep, response: { 204: nothing } },
  }
  api.post('/posts/:id/bookmark', keeping, async (request, reply) => {
    const { id: post } = request.params
    const member = memberOf(request)
    const { keep, note } = request.body
    if (keep) await bookmarkPost(forum, { post, member, note: note?.trim() })
    else await removeBookmark(forum, member.id, post)
    return reply.code(204).send()
  })
}

function asJson({ id, note, at, shown }: BookmarkedPost): Static<typeof Bookmark> {
  if (!shown) return { id, note, created_at: at.toISOString(), post: null }
  const { thread, number, author, excerpt, language } = shown
  const url = postPath(thread, number)
  const post = { thread: thread.id, title: thread.title, number, url, author, excerpt, language }
  return { id, note, created_at: at.toISOString(), post }
}
