import Fastify, { type RouteOptions } from 'fastify'
import type { DescribedApi, DescribedSchema } from '../../../views/api/docs-page.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { type Translate, translator } from '../../platform/text/i18n/translate.ts'

/**
 * Describes the API in OpenAPI 3.1 from the schemas of its routes. Loads the generator on the first call, because it
 * would slow down every start.
 */
export async function describeApi(routes: readonly RouteOptions[], language: Language): Promise<DescribedApi> {
  const { default: swagger } = await import('@fastify/swagger')
  const t = translator(language)
  // This application never listens. Its routes are only read.
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
  for (const route of routes) described.route(describedRoute(route, t))
  await described.ready()
  const document = withNamedSchemas(JSON.stringify(described.swagger()))
  await described.close()
  return withOptionalBodies(document, routes)
}

function describedRoute({ method, url, schema, config }: RouteOptions, t: Translate): RouteOptions {
  if (!config?.operation) throw new Error(`${url} does not say what it does`)
  const { does, scope, openToAll } = config.operation
  return {
    method,
    url,
    handler: () => {},
    schema: {
      ...schema,
      response: withoutBodies(Object(schema?.response)),
      operationId: does,
      summary: t(`api.does_${does}`),
      tags: [tagOf(url)],
      security: [...(openToAll ? [{}] : []), { token: [scope] }],
    },
  }
}

/** The first part of the address after the version, which groups the routes in the document. */
const tagOf = (url: string): string => url.split('/')[3] ?? ''

/** Describes an answer without a body by the type null, as the plug-in expects. */
const withoutBodies = (responses: Record<string, { description: string; content: object }>) =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const isEmpty = Object.keys(response.content).length === 0
      return [status, isEmpty ? { type: 'null', description: response.description } : response]
    }),
  )

/** Moves each schema with a title to the components, once, and refers to it where it stood. */
function withNamedSchemas(text: string): DescribedApi {
  const schemas: Record<string, DescribedSchema> = {}
  const document: DescribedApi = JSON.parse(text, (_name, value: unknown) => {
    if (!isNamedSchema(value)) return value
    schemas[value.title] = value
    return { $ref: `#/components/schemas/${value.title}` }
  })
  return { ...document, components: { ...document.components, schemas } }
}

/** The document's `info` has a title too, but no type. */
const isNamedSchema = (value: unknown): value is DescribedSchema & { title: string } =>
  value !== null &&
  typeof value === 'object' &&
  'title' in value &&
  typeof value.title === 'string' &&
  ('type' in value || 'enum' in value)

/** Marks a body as optional when all its fields are. The plug-in marks every body as required. */
function withOptionalBodies(document: DescribedApi, routes: readonly RouteOptions[]): DescribedApi {
  const bodies = new Map<string | undefined, { required?: string[]; minProperties?: number }>(
    routes.map(({ config, schema }) => [config?.operation?.does, Object(schema?.body)]),
  )
  for (const { operationId, requestBody } of Object.values(document.paths).flatMap((one) => Object.values(one))) {
    const { required = [], minProperties = 0 } = bodies.get(operationId) ?? {}
    if (requestBody) requestBody.required = required.length > 0 || minProperties > 0
  }
  return document
}
