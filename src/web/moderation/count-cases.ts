import type { Forum } from '../../forum/forum.ts'
import { mayModerate } from '../../forum/members/permissions.ts'
import { openCaseCount } from '../../forum/moderation/open-cases.ts'
import type { App } from '../../platform/http/app.ts'

/** Counts the open cases before a moderator's page is made, because making a page is synchronous. */
export function countCases(app: App, forum: Forum): void {
  app.addHook('onRequest', async ({ member }) => {
    if (mayModerate(member)) await openCaseCount(forum)
  })
}
