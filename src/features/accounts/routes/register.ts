import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { registerPage } from '../../../../views/accounts/register-page.ts'
import type { Role } from '../../../../views/page.ts'
import type { Told } from '../../../../views/parts/told.ts'
import { LONGEST_PASSWORD, LONGEST_USERNAME, SHORTEST_PASSWORD } from '../../../limits.ts'
import type { Forum } from '../../../platform/forum.ts'
import type { App } from '../../../platform/http/app.ts'
import type { FieldMessages } from '../../../platform/http/error-answers.ts'
import { Problem } from '../../../platform/http/errors.ts'
import { goOnWith, waitingView } from '../../../platform/http/forms-in-waiting.ts'
import { ownPathOr, unpackForm } from '../../../platform/http/kept-form.ts'
import { addressOf, takeAttempt } from '../../../platform/http/rate-limits.ts'
import { sentForm } from '../../../platform/http/sent-form.ts'
import { Next, Slug } from '../../../platform/http/shapes.ts'
import { worded } from '../../../platform/i18n/worded.ts'
import { boardCatalogue } from '../../boards/catalogue.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS } from '../../email/address-key.ts'
import { askToConfirm } from '../../email/addresses.ts'
import { subscribeToBoard } from '../../subscriptions/subscribe.ts'
import { opensFirstAdmin } from '../first-admin.ts'
import { registerMember } from '../register-member.ts'
import type { Sessions } from '../sessions/lucia.ts'
import { openSession } from '../sessions/on-requests.ts'
import { Between, LARGEST_KEPT_FORM } from './login.ts'

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
  kept_form: Type.Optional(Type.String()),
})

const REGISTRATIONS = { action: 'register', most: 30, seconds: 3_600 }

/**
 * Making an account: a pseudonym and a password, and if one likes an address and a city to follow; and on with what was
 * being done or written when that was needed.
 */
export function registerRoutes(app: App, forum: Forum, sessions: Sessions): void {
  const query = Type.Object({ next: Next, setup: Type.Optional(Type.String({ maxLength: 200 })) })
  app.get('/register', { schema: { querystring: query } }, async (request, reply) => {
    const { next, setup } = request.query
    if (request.member) return reply.redirect(ownPathOr(next, '/'), 303)
    const first = await opensFirstAdmin(forum, setup)
    return reply.html(
      registerPage(request.page, {
        username: '',
        next: ownPathOr(next, '/'),
        setup: first ? (setup ?? null) : null,
        kept: null,
        email: '',
        city: '',
        cities: (await boardCatalogue(forum)).cities,
        messages: {},
      }),
    )
  })

  // From the login: what is kept is too long for an address.
  const between = { schema: { body: Between }, bodyLimit: LARGEST_KEPT_FORM }
  app.post('/register/begin', between, async (request, reply) => reply.html(await formAgain(request, {})))

  const options = { schema: { body: Registration }, config: { formAgain }, bodyLimit: LARGEST_KEPT_FORM }
  app.post('/register', options, async (request, reply) => {
    await takeAttempt(forum, REGISTRATIONS, addressOf(request))
    const {
      username,
      password,
      email,
      city,
      setup,
      next,
      kept_form: packed,
    }: Static<typeof Registration> = request.body
    // A phone's keyboard puts a space behind the word that it offers.
    const name = username.trim()
    const role = (await opensFirstAdmin(forum, setup)) ? 'admin' : 'member'
    const { language } = request.page
    const member = await registerMember(forum, { username: name, password, language, role })
    const board = city && (await boardCatalogue(forum)).withSlug(city)
    if (board) await subscribeToBoard(forum, member, board.id, 'following')
    const session = await openSession(sessions, member, request, reply)
    const told = welcome(name, role, board ? worded(board.name, language) : null)
    const form = unpackForm(packed)
    try {
      if (email) await askToConfirm(forum, { id: member, username: name, language }, email)
    } catch (error) {
      // The account is there: its member is led to where the address can be given later, not to an error.
      if (!(error instanceof Problem && error.status === 429)) throw error
      if (!form) return reply.redirect('/settings/email?done=later', 303)
    }
    if (packed && form) return goOnWith(app, forum, request, reply, { packed, form, session, told })
    return reply.tell(...told).redirect(ownPathOr(next, '/'), 303)
  })

  async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<string> {
    const sent = sentForm(request)
    return registerPage(request.page, {
      username: sent.text('username'),
      next: ownPathOr(sent.text('next'), '/'),
      setup: sent.text('setup') || null,
      kept: waitingView(sent.text('kept_form')),
      email: sent.text('email'),
      city: sent.text('city'),
      cities: (await boardCatalogue(forum)).cities,
      messages,
    })
  }
}

/** What the first page after signing up says. */
function welcome(name: string, role: Role, city: string | null): Told[] {
  const welcomed: Told = { key: role === 'admin' ? 'done.welcome_admin' : 'done.welcome', values: { name } }
  return city === null ? [welcomed] : [welcomed, { key: 'done.following', values: { name: city } }]
}
