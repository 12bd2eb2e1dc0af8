import { legalPage } from '../../../views/moderation/legal-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayAdminister } from '../../forum/members/permissions.ts'
import { forumSettings } from '../../forum/settings.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { safeHtml } from '../../platform/text/html.ts'
import { worded } from '../../platform/text/i18n/worded.ts'

/** What those who run the forum have to say of it by law. */
export function legalRoutes(app: App, forum: Forum): void {
  app.get('/legal', { schema: { response: { 200: htmlPage } } }, async ({ member, page }, reply) => {
    const text = worded((await forumSettings(forum)).legal_html, page.language)
    return reply.html(legalPage(page, { textHtml: text ? safeHtml(text) : null, administers: mayAdminister(member) }))
  })
}
