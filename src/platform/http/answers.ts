import { type TSchema, Type } from 'typebox'
import type { App } from './app.ts'

/** What the routes answer, for the `response` of their schemas: see `requireAnswers`. */

/** A page, or a part of one, as markup. */
export const htmlPage = { description: 'A page', content: { 'text/html': { schema: Type.String() } } }

export const plainText = { description: 'A line of text', content: { 'text/plain': { schema: Type.String() } } }

/** Bytes of any kind. */
export const file = { description: 'A file', content: { '*/*': { schema: Type.Unknown() } } }

/** An answer to a script. */
export const json = <Schema extends TSchema>(schema: Schema) => ({
  description: 'An object for a script',
  content: { 'application/json': { schema } },
})

/** The page that a form leads to (Post/Redirect/Get), or the login. */
export const seeOther = { description: 'Another page, to be read with GET', content: {} }
/** The same page has another address for now … */
export const found = { description: 'The page where it is now', content: {} }
/** … or for good. */
export const moved = { description: 'The address that the page has now', content: {} }
export const nothing = { description: 'It is done', content: {} }
export const switched = { description: 'A WebSocket', content: {} }

/** Where what was made stands, for a script that sent a form: see `send-place.ts`. */
export const made = json(Type.Object({ location: Type.String() }))

/** RFC 9457. */
export const ProblemDetails = Type.Object(
  {
    type: Type.Literal('about:blank'),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'What went wrong, in the language of who asks' }),
    fields: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'What is wrong with each field, by its name' }),
    ),
    reference: Type.Optional(
      Type.String({ description: 'The id of the request in the log, where the fault is the forum’s' }),
    ),
  },
  { title: 'Problem', additionalProperties: false },
)

export const problem = {
  description: 'What went wrong: a page for people, where they sent a form the form again, and an object for programs',
  content: { 'text/html': { schema: Type.String() }, 'application/problem+json': { schema: ProblemDetails } },
}

/** The same where only programs ask. */
export const problemDetails = {
  description: 'What went wrong (RFC 9457)',
  content: { 'application/problem+json': { schema: ProblemDetails } },
}

/** What every route may have to answer. */
const PROBLEMS = { '4xx': problem, '5xx': problem }
const PROBLEMS_FOR_PROGRAMS = { '4xx': problemDetails, '5xx': problemDetails }

/**
 * Lets no route start that does not say what it answers when all goes well, and adds what may always go wrong. JSON is
 * written as it is: a serialiser made from the schema would drop what the schema forgets, and take time at every start.
 */
export function requireAnswers(app: App): void {
  app.setSerializerCompiler(() => JSON.stringify)
  app.addHook('onRoute', (route) => {
    const response: unknown = route.schema?.response
    if (typeof response !== 'object' || response === null) {
      throw new Error(`${String(route.method)} ${route.url} has no response schema`)
    }
    if (route.config?.forPrograms) {
      route.schema = { ...route.schema, response: { ...response, ...PROBLEMS_FOR_PROGRAMS } }
      return
    }
    // A page that only members see leads everybody else to the login.
    const toLogin = route.method === 'GET' ? { 303: seeOther } : {}
    route.schema = { ...route.schema, response: { ...PROBLEMS, ...toLogin, ...response } }
  })
}
