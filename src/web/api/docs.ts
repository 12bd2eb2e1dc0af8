import type { RouteOptions } from 'fastify'
import { Type } from 'typebox'
import { apiDocsPage, type DescribedApi } from '../../../views/api/docs-page.ts'
import { htmlPage, json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { describeApi } from './document.ts'

const Document = Type.Object({ paths: Type.Object({}) })

/** The description of the API, as OpenAPI and as a page. */
export function documentRoutes(app: App, routes: readonly RouteOptions[]): void {
  const described = new Map<Language, Promise<DescribedApi>>()

  async function documentIn(language: Language): Promise<DescribedApi> {
    const making = described.get(language) ?? describeApi(routes, language)
    described.set(language, making)
    try {
      return await making
    } catch (error) {
      described.delete(language)
      throw error
    }
  }

  const asJson = {
    config: { sameForAll: true, forPrograms: true },
    schema: { response: { 200: json(Document) } },
  }
  app.get('/api/openapi.json', asJson, async (_request, reply) => {
    reply.header('cache-control', 'no-cache')
    return documentIn('en')
  })

  app.get('/api/docs', { schema: { response: { 200: htmlPage } } }, async (request, reply) =>
    reply.html(apiDocsPage(request.page, await documentIn(request.page.language))),
  )
}
