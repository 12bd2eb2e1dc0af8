import { privacyPage } from '../../../views/privacy/privacy-page.ts'
import { textPage, type WrittenText } from '../../../views/texts/text-page.ts'
import { pageText } from '../../forum/administration/page-texts.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayAdminister } from '../../forum/members/permissions.ts'
import { RETENTION } from '../../forum/retention.ts'
import type { PageText } from '../../forum/settings.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { safeHtml } from '../../platform/text/html.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'

/** The pages that say who runs the forum, its rules, and how long data is kept. */
export function textRoutes(app: App, forum: Forum): void {
  const options = { schema: { response: { 200: htmlPage } }, config: { forEverybody: true } }
  for (const name of ['about', 'rules', 'help', 'legal', 'contact'] as const) {
    app.get(`/${name}`, options, async ({ member, page }, reply) => {
      const text = await written(forum, name, page.language)
      return reply.html(textPage(page, { name, text, administers: mayAdminister(member) }))
    })
  }
  app.get('/privacy', options, async ({ page }, reply) =>
    reply.html(privacyPage(page, { kept: RETENTION, text: await written(forum, 'privacy', page.language) })),
  )
}

async function written(forum: Forum, name: PageText, language: Language): Promise<WrittenText | null> {
  const text = await pageText(forum, name, language)
  return text && { ...text, html: safeHtml(text.html) }
}
