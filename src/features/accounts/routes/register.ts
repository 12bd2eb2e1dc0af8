import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { registerPage } from '../../../../views/accounts/register-page.ts'
import { LONGEST_PASSWORD, LONGEST_USERNAME, SHORTEST_PASSWORD } from '../../../limits.ts'
import type { Forum } from '../../../platform/forum.ts'
import type { App } from '../../../platform/http/app.ts'
import type { FieldMessages } from '../../../platform/http/error-answers.ts'
import { Problem } from '../../../platform/http/errors.ts'
import { ownPathOr } from '../../../platform/http/kept-form.ts'
import { addressOf } from '../../../platform/http/rate-limits.ts'
import { sentForm } from '../../../platform/http/sent-form.ts'
import { Next, Slug } from '../../../platform/http/shapes.ts'
import { boardCatalogue } from '../../boards/catalogue.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS } from '../../email/address-key.ts'
import { askToConfirm } from '../../email/addresses.ts'
import { subscribeToBoard } from '../../subscriptions/subscribe.ts'
import { opensFirstAdmin } from '../first-admin.ts'
import { pacedRegistration } from '../paced-registration.ts'
import type { Sessions } from '../sessions/lucia.ts'
import { openSession } from '../sessions/on-requests.ts'

const Registration = Type.Object({
  username: Type.String({ minLength: 2, maxLength: LONGEST_USERNAME }),
  password: Type.String({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD }),
  /** A browser sends the empty field too. */
  email: Type.Optional(
    Type.Union([Type.Literal(''), Type.String({ pattern: ADDRESS_PATTERN, maxLength: LONGEST_ADDRESS })]),
  ),
  /** The slug of a city to follow from the start. */
  city: Type.Optional(Type.Union([Type.Literal(''), Slug])),
  next: Next,
  setup: Type.Optional(Type.String({ maxLength: 200 })),
})

/** Making an account: a pseudonym and a password, and if one likes an address and a city to follow. */
export function registerRoutes(app: App, forum: Forum, sessions: Sessions): void {
  const query = Type.Object({ next: Next, setup: Type.Optional(Type.String({ maxLength: 200 })) })
  app.get('/register', { schema: { querystring: query } }, async (request, reply) => {
    const { next, setup } = request.query
    if (request.member) return reply.redirect(ownPathOr(next, '/'), 303)
    const first = setup ? await opensFirstAdmin(forum, setup) : false
    return reply.html(
      registerPage(request.page, {
        username: '',
        next: ownPathOr(next, '/'),
        setup: first ? (setup ?? null) : null,
        setupUsed: Boolean(setup) && !first,
        email: '',
        city: '',
        cities: (await boardCatalogue(forum)).cities,
        messages: {},
      }),
    )
  })

  app.post('/register', { schema: { body: Registration }, config: { formAgain } }, async (request, reply) => {
    const { username, password, email, city, setup, next }: Static<typeof Registration> = request.body
    // A phone's keyboard puts a space behind the word that it offers.
    const name = username.trim()
    const { language } = request.page
    const place = addressOf(request)
    const member = await pacedRegistration(forum, { username: name, password, language, setup, place })
    const board = city && (await boardCatalogue(forum)).withSlug(city)
    if (board) await subscribeToBoard(forum, member, board.id, 'following')
    await openSession(forum, sessions, { id: member }, request, reply)
    try {
      if (email) await askToConfirm(forum, { id: member, username: name, language }, email)
    } catch (error) {
      // The account is there: its member is led to where the address can be given later, not to an error.
      if (!(error instanceof Problem && error.status === 429)) throw error
      return reply.redirect('/settings/email?done=later', 303)
    }
    return reply.redirect(ownPathOr(next, '/'), 303)
  })

  async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<string> {
    const sent = sentForm(request)
    return registerPage(request.page, {
      username: sent.text('username'),
      next: ownPathOr(sent.text('next'), '/'),
      // A link that was used makes nobody an administrator: the form that comes back is everybody's.
      setup: messages.setup ? null : sent.text('setup') || null,
      setupUsed: Boolean(messages.setup),
      email: sent.text('email'),
      city: sent.text('city'),
      cities: (await boardCatalogue(forum)).cities,
      messages,
    })
  }
}
