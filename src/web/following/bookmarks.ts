import { Type } from 'typebox'
import { bookmarksPage } from '../../../views/following/bookmarks-page.ts'
import { CURSOR_PATTERN, olderPage } from '../../forum/discussion/cursor.ts'
import { bookmarkPost, removeBookmark } from '../../forum/following/bookmark-post.ts'
import { readBookmarks } from '../../forum/following/bookmarks-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { LONGEST_REASON } from '../../limits.ts'
import { postPath } from '../../paths.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr } from '../../platform/http/forms/kept-form.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id, Next, YesOrNo } from '../shapes.ts'

const PATH = '/bookmarks'

/** Bookmarks: adding, removing, and the page that lists them. */
export function bookmarkRoutes(app: App, forum: Forum): void {
  const query = {
    querystring: Type.Object({ before: Type.Optional(Type.String({ pattern: CURSOR_PATTERN })) }),
    response: { 200: htmlPage },
  }
  app.get(PATH, { schema: query, preValidation: signedIn }, async (request, reply) => {
    const { before } = request.query
    const { rows, next } = await readBookmarks(forum.database, memberOf(request).id, before)
    return reply.html(bookmarksPage(request.page, { bookmarks: rows, older: olderPage(before), next }))
  })

  const Bookmark = Type.Object({
    keep: YesOrNo,
    note: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
    next: Next,
  })
  const schema = { params: Type.Object({ id: Id }), body: Bookmark, response: { 303: seeOther } }
  app.post('/posts/:id/bookmark', { schema, preValidation: signedIn }, async (request, reply) => {
    const { id } = request.params
    const member = memberOf(request)
    const { keep, note, next } = request.body
    if (keep === 'no') {
      await removeBookmark(forum, member.id, id)
      return reply.tell({ key: 'done.unbookmarked', values: {} }).redirect(ownPathOr(next, PATH), 303)
    }
    const { thread, number } = await bookmarkPost(forum, { post: id, member, note: note?.trim() })
    const done = note === undefined ? 'done.bookmarked' : 'done.noted'
    return reply.tell({ key: done, values: { number } }).redirect(ownPathOr(next, postPath(thread, number)), 303)
  })
}
