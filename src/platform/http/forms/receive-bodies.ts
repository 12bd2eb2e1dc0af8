import { parse } from 'fast-querystring'
import type { FastifyRequest, RouteOptions } from 'fastify'
import { Problem } from '../../problem.ts'
import type { App } from '../app.ts'

/** Bytes in a form beside its long texts: a login, some choices, a button. */
export const SMALL_FORM = 16 * 1_024
/** More than any form of ours has, its repeated fields counted. */
export const MOST_FIELDS = 500
/** Deeper than anything that is sent to us as JSON. */
const DEEPEST_JSON = 8
/** A character takes at most nine bytes of a form (%E6%BC%A2), and six of JSON (\u0000). */
const BYTES_OF_A_CHARACTER = 9

/**
 * Receives forms and JSON no larger than their route can use, and refuses what is dear to take apart before it is taken
 * apart: too many fields, too deep a nesting. Whoever it comes from, nobody else waits for it.
 */
export function receiveBodies(app: App): void {
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= largestBody(route)
  })
  app.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: FastifyRequest, body: string) => parseForm(body),
  )
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (isDearJson(body)) done(tooComplex())
    else void parseJson(request, body, done)
  })
}

/** In bytes: what the texts in the schema of a route's body can take, as long as they may be, and something more. */
export function largestBody({ schema }: Pick<RouteOptions, 'schema'>): number {
  return SMALL_FORM + BYTES_OF_A_CHARACTER * longestTexts(schema?.body)
}

/** Adds up every `maxLength` in a schema, wherever it stands. */
function longestTexts(schema: unknown): number {
  if (schema === null || typeof schema !== 'object') return 0
  const own = 'maxLength' in schema && typeof schema.maxLength === 'number' ? schema.maxLength : 0
  return Object.values(schema).reduce<number>((sum, inner) => sum + longestTexts(inner), own)
}

/** @throws Problem 413. */
function parseForm(body: string): Record<string, unknown> {
  let fields = 1
  for (let at = body.indexOf('&'); at >= 0; at = body.indexOf('&', at + 1)) {
    fields += 1
    if (fields > MOST_FIELDS) throw tooComplex()
  }
  return parse(body)
}

/** Whether a JSON text nests too deep or holds too many values, by its signs alone; what is no JSON is refused later. */
export function isDearJson(text: string): boolean {
  let depth = 0
  let values = 1
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (quoted) {
      if (sign === '\\') at += 1
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '[' || sign === '{') depth += 1
    else if (sign === ']' || sign === '}') depth -= 1
    else if (sign === ',') values += 1
    if (depth > DEEPEST_JSON || values > MOST_FIELDS) return true
  }
  return false
}

const tooComplex = () => new Problem(413, 'errors.too_many_fields')
