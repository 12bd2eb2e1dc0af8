import { Type } from 'typebox'
import { markUseful } from '../../forum/discussion/mark-useful.ts'
import type { Forum } from '../../forum/forum.ts'
import { postPath } from '../../paths.ts'
import { json, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { wantsJson } from '../../platform/http/wants-json.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id, YesOrNo } from '../shapes.ts'

const Marked = Type.Object({ useful: Type.Boolean(), count: Type.Integer({ minimum: 0 }) })

/** The useful mark: setting and removing it. */
export function usefulRoutes(app: App, forum: Forum): void {
  const schema = {
    params: Type.Object({ id: Id }),
    body: Type.Object({ useful: YesOrNo }),
    response: { 200: json(Marked), 303: seeOther },
  }
  app.post('/posts/:id/useful', { schema, preValidation: signedIn }, async (request, reply) => {
    const useful = request.body.useful === 'yes'
    const { post, count } = await markUseful(forum, { post: request.params.id, member: memberOf(request), useful })
    if (wantsJson(request)) return reply.send({ useful, count })
    return reply.redirect(postPath(post.thread, post.number), 303)
  })
}
