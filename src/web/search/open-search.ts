import { Type } from 'typebox'
import { openSearch } from '../../../views/search/open-search.ts'
import type { Forum } from '../../forum/forum.ts'
import { forumSettings } from '../../forum/settings.ts'
import { file } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { originFor } from '../../platform/http/asked-origin.ts'
import { asLanguage } from '../../platform/text/i18n/languages.ts'
import { translator } from '../../platform/text/i18n/translate.ts'

/** Lets browsers offer the forum's search in their address bar (OpenSearch). */
export function openSearchRoutes(app: App, forum: Forum): void {
  const schema = {
    querystring: Type.Object({ lang: Type.Optional(Type.String({ maxLength: 35 })) }),
    response: { 200: file },
  }
  app.get('/opensearch.xml', { schema }, async (request, reply) => {
    // A browser keeps the description for good, so the address names its language.
    const language = asLanguage(request.query.lang)
    const t = translator(language)
    const { name } = await forumSettings(forum)
    const described = { assets: request.page.assets, language, t, name: name || t('site.name') }
    return reply
      .type('application/opensearchdescription+xml; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'host')
      .send(openSearch(described, originFor(request, forum.config.origin)).toString())
  })
}
