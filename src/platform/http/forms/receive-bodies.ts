import type { FastifyRequest, RouteOptions } from 'fastify'
import { Problem } from '../../problem.ts'
import type { App } from '../app.ts'
import { ownTurn } from './own-turn.ts'

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
  const turn = ownTurn()
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= largestBody(route)
  })
  app.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (request: FastifyRequest, body: string) => {
      if (body.length > SMALL_FORM) await turn(request)
      return parseForm(body)
    },
  )
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    const parsed = () => (isDearJson(body) ? done(tooComplex()) : void parseJson(request, body, done))
    if (body.length > SMALL_FORM) turn(request).then(parsed, done)
    else parsed()
  })
}

/** In bytes: what the texts in the schema of a route's body can take, as long as they may be, and something more. */
export function largestBody({ schema }: Pick<RouteOptions, 'schema'>): number {
  return SMALL_FORM + BYTES_OF_A_CHARACTER * longestTexts(schema?.body)
}

/** Adds up every `maxLength` in a schema, at any depth. */
function longestTexts(schema: unknown): number {
  if (schema === null || typeof schema !== 'object') return 0
  const own = 'maxLength' in schema && typeof schema.maxLength === 'number' ? schema.maxLength : 0
  return Object.values(schema).reduce<number>((sum, inner) => sum + longestTexts(inner), own)
}

/** What a form holds, a list where a field is repeated. @throws Problem 413 for more fields than any of ours has. */
export function parseForm(body: string): Record<string, unknown> {
  let fields = 1
  for (let at = body.indexOf('&'); at >= 0; at = body.indexOf('&', at + 1)) {
    fields += 1
    if (fields > MOST_FIELDS) throw tooComplex()
  }
  const found = new Map<string, unknown>()
  for (const part of body.split('&')) {
    if (part === '') continue
    const end = part.includes('=') ? part.indexOf('=') : part.length
    const name = decoded(part.slice(0, end))
    const value = decoded(part.slice(end + 1))
    found.set(name, found.has(name) ? [found.get(name), value].flat() : value)
  }
  return Object.fromEntries(found)
}

/** What cannot be decoded stays as it is. V8's own function takes a fiftieth of the time of one that is written in JavaScript. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
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
