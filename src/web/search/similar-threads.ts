import { Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import { similarThreads } from '../../forum/search/similar-threads.ts'
import { threadPath } from '../../paths.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'

/** Typing one title asks several times. */
const LOOKS = { action: 'similar', most: 60, seconds: 300 }
/** At once in this process. More would take the connections that writing needs. */
const LANES = { atOnce: 1, waiting: 20 }

const Similar = Type.Object({
  threads: Type.Array(
    Type.Object({
      path: Type.String(),
      title: Type.String(),
      language: Type.String(),
      replies: Type.Integer({ minimum: 0 }),
    }),
  ),
})

/** Threads with a similar title, while somebody types the title of a new one. */
export function similarThreadRoutes(app: App, forum: Forum): void {
  const lanes = new FairQueue(LANES)
  const schema = {
    querystring: Type.Object({ title: Type.String({ maxLength: 2_000 }) }),
    response: { 200: json(Similar) },
  }
  app.get('/threads/similar', { schema, preValidation: signedIn }, async (request) => {
    const who = String(memberOf(request).id)
    await takeAttempt(forum, LOOKS, who)
    const found = await lanes.run(who, () => similarThreads(forum, request.query.title))
    return {
      threads: found.map((thread) => ({
        path: threadPath(thread),
        title: thread.title,
        language: thread.language,
        replies: thread.replyCount,
      })),
    }
  })
}
