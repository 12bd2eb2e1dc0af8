import { Type } from 'typebox'
import { subscriptionsPage } from '../../../views/following/subscriptions-page.ts'
import { readSubscriptionsPage } from '../../forum/following/subscriptions-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { chooseAutomaticLevels } from '../../forum/members/automatic-levels.ts'
import { followedSearches } from '../../forum/search/saved-searches.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { AUTOMATIC_LEVELS } from '../../schema/enums.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id, Mark } from '../shapes.ts'

const Automatic = Type.Object({ started: Type.Enum([...AUTOMATIC_LEVELS]), replied: Type.Enum([...AUTOMATIC_LEVELS]) })
const List = Type.Object({ before: Type.Optional(Id), saved: Mark })

/** The page of a member's subscriptions, and of what they follow automatically after writing. */
export function subscriptionRoutes(app: App, forum: Forum): void {
  const listing = { schema: { querystring: List, response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/subscriptions', listing, async (request, reply) => {
    const { before, saved } = request.query
    const member = memberOf(request)
    const [shown, searches] = await Promise.all([
      readSubscriptionsPage(forum, member, before),
      followedSearches(forum.database, member.id),
    ])
    return reply.html(subscriptionsPage(request.page, { ...shown, searches, saved: saved !== undefined }))
  })

  const choosing = { schema: { body: Automatic, response: { 303: seeOther } }, preValidation: signedIn }
  app.post('/subscriptions', choosing, async (request, reply) => {
    await chooseAutomaticLevels(forum, memberOf(request).id, request.body)
    return reply.redirect('/subscriptions?saved=1', 303)
  })
}
