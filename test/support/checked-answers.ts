import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { App } from '../../src/platform/http/app.ts'

/** A `response` of a route's schema, by status or kind of status. */
const Response = Type.Record(
  Type.String(),
  Type.Object({ content: Type.Record(Type.String(), Type.Object({ schema: Type.Object({}) })) }),
)

/** Looks at every answer of an application as its handler gives it. Adds those that its route's schema does not allow to a list. */
export function checkAnswers(app: App, wrong: string[]): void {
  app.addHook<unknown>('onSend', async (request, reply, payload) => {
    const problem = problemWith(request, reply, payload)
    const { method, routeOptions } = request
    if (problem) wrong.push(`${method} ${routeOptions.url} answered ${reply.statusCode} ${problem}`)
    return payload
  })
}

function problemWith({ routeOptions }: FastifyRequest, reply: FastifyReply, payload: unknown): string | null {
  // What no route is found for has no schema either.
  if (routeOptions.url === undefined) return null
  const response: unknown = routeOptions.schema?.response
  if (!Value.Check(Response, response)) return 'without a response schema'
  const status = String(reply.statusCode)
  const declared = response[status] ?? response[`${status[0]}xx`]
  if (!declared) return 'which its schema does not know'
  if (Object.keys(declared.content).length === 0) return payload ? 'with a body, where none is declared' : null
  const [media = ''] = String(reply.getHeader('content-type')).split(';', 1)
  const body = declared.content[media] ?? declared.content['*/*']
  if (!body) return `as ${media}, which its schema does not know`
  if (!media.endsWith('json')) return null
  const errors = Value.Errors(body.schema, JSON.parse(String(payload)))
  return errors.length > 0
    ? `with ${errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join(', ')}`
    : null
}
