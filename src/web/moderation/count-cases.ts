import type { Forum } from '../../forum/forum.ts'
import { mayModerate } from '../../forum/members/permissions.ts'
import { openCaseCount } from '../../forum/moderation/open-cases.ts'
import type { App } from '../../platform/http/app.ts'

/** Before any page of a moderator's is made, which cannot wait, it is known how much there is to decide. */
export function countCases(app: App, forum: Forum): void {
  app.addHook('onRequest', async ({ member }) => {
    if (mayModerate(member)) await openCaseCount(forum)
  })
}
