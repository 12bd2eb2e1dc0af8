import Fastify, { type RouteOptions } from 'fastify'
import type { DescribedApi, DescribedSchema } from '../../../views/api/docs-page.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { translator } from '../../platform/text/i18n/translate.ts'

/**
 * Describes the API in OpenAPI 3.1 from the schemas of its routes. Only when somebody asks: what makes the description is
 * loaded then, so that no start waits for it.
 */
export async function describeApi(routes: readonly RouteOptions[], language: Language): Promise<DescribedApi> {
  const { default: swagger } = await import('@fastify/swagger')
  const t = translator(language)
  // An application that answers nobody: its routes are only read.
  const described = Fastify({ exposeHeadRoutes: false })
  described.setValidatorCompiler(() => () => true)
  described.setSerializerCompiler(() => JSON.stringify)
  await described.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Contrechamp', version: '1', description: t('api.lead') },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', description: t('api.about_tokens') } },
      },
    },
    convertConstToEnum: false,
  })
  for (const route of routes) {
    const { operation } = route.config ?? {}
    if (!operation) continue
    const { does, scope, openToAll } = operation
    described.route({
      method: route.method,
      url: route.url,
      handler: () => {},
      schema: {
        ...route.schema,
        response: withoutBodies(Object(route.schema?.response)),
        operationId: does,
        summary: t(`api.does_${does}`),
        tags: [tagOf(route.url)],
        security: [...(openToAll ? [{}] : []), { token: [scope] }],
      },
    })
  }
  await described.ready()
  const document: unknown = JSON.parse(JSON.stringify(described.swagger()))
  await described.close()
  return hoisted(withOptionalBodies(document as DescribedApi))
}

/** The first part of its address, which says what it is about. */
const tagOf = (url: string): string => url.split('/')[3] ?? ''

/** An answer without a body, as the description is told of one. */
const withoutBodies = (responses: Record<string, { description: string; content: object }>) =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const isEmpty = Object.keys(response.content).length === 0
      return [status, isEmpty ? { type: 'null', description: response.description } : response]
    }),
  )

/** A body in which no field must be need not be sent: the plug-in takes all of them to be needed. */
function withOptionalBodies(document: DescribedApi): DescribedApi {
  for (const { requestBody } of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
    const schema = requestBody?.content['application/json']?.schema
    if (requestBody && schema) requestBody.required = Boolean(schema.required?.length || schema.minProperties)
  }
  return document
}

/** Moves each schema with a title to the components, once, and refers to it where it stood. */
function hoisted(document: DescribedApi): DescribedApi {
  const schemas: Record<string, DescribedSchema> = {}
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved)
    if (value === null || typeof value !== 'object') return value
    const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, moved(inner)]))
    const isSchema = typeof copy.title === 'string' && ('type' in copy || 'enum' in copy)
    if (!isSchema) return copy
    schemas[String(copy.title)] = copy
    return { $ref: `#/components/schemas/${copy.title}` }
  }
  const paths = moved(document.paths) as DescribedApi['paths']
  return { ...document, paths, components: { ...document.components, schemas } }
}
