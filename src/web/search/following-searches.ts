import { Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import { followSearch } from '../../forum/search/saved-searches.ts'
import { LONGEST_QUERY } from '../../limits.ts'
import { searchPath } from '../../paths.ts'
import { seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr } from '../../platform/http/forms/kept-form.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Next } from '../shapes.ts'

const Follow = Type.Object({
  q: Type.String({ minLength: 1, maxLength: LONGEST_QUERY }),
  level: Type.Enum(['following', 'none']),
  next: Next,
})

/** Following a search: the digest has its new hits. */
export function followingSearchRoutes(app: App, forum: Forum): void {
  const options = { schema: { body: Follow, response: { 303: seeOther } }, preValidation: signedIn }
  app.post('/search/subscription', options, async (request, reply) => {
    const { q, level, next } = request.body
    await followSearch(forum, memberOf(request).id, q.trim(), level === 'following')
    const done = { key: `done.${level}`, values: { name: q.trim() } } as const
    return reply.tell(done).redirect(ownPathOr(next, searchPath({ q })), 303)
  })
}
