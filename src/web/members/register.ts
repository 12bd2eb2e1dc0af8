import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { registerPage } from '../../../views/members/register-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Told } from '../../../views/parts/told.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { subscribeToBoard } from '../../forum/following/subscribe.ts'
import type { Forum } from '../../forum/forum.ts'
import { askToConfirm } from '../../forum/members/email-addresses.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS } from '../../forum/members/email-key.ts'
import { opensFirstAdmin } from '../../forum/members/first-admin.ts'
import { pacedRegistration } from '../../forum/members/paced-registration.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import { usernameProblem } from '../../forum/members/username.ts'
import { forumSettings, type Settings } from '../../forum/settings.ts'
import { LONGEST_PASSWORD, LONGEST_REASON, LONGEST_USERNAME, SHORTEST_PASSWORD } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { formTime } from '../../platform/http/forms/form-time.ts'
import { ownPathOr, unpackForm } from '../../platform/http/forms/kept-form.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { invalidField, Problem } from '../../platform/problem.ts'
import { networkDigest } from '../../platform/rate-limits/rate-limits.ts'
import type { Html } from '../../platform/text/html.ts'
import { worded } from '../../platform/text/i18n/worded.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import { mustBeFilledInByHand } from '../filled-in-by-hand.ts'
import { goOnWith, waitingView } from '../forms-in-waiting.ts'
import { Next, Slug } from '../shapes.ts'
import { Between, LARGEST_KEPT_FORM } from './login.ts'
import { openSession } from './recognise-members.ts'

const Registration = Type.Object({
  username: Type.String({ minLength: 2, maxLength: LONGEST_USERNAME }),
  password: Type.String({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD }),
  /** A browser sends the field even when it is empty. */
  email: Type.Optional(
    Type.Union([Type.Literal(''), Type.String({ pattern: ADDRESS_PATTERN, maxLength: LONGEST_ADDRESS })]),
  ),
  /** The slug of a city to follow from the start; empty for none. */
  city: Type.Optional(Type.Union([Type.Literal(''), Slug])),
  next: Next,
  setup: Type.Optional(Type.String({ maxLength: 200 })),
  reason: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
  invitation: Type.Optional(Type.String({ maxLength: 200 })),
  website: Type.Optional(Type.String({ maxLength: 1_000 })),
  shown: Type.Optional(Type.String({ maxLength: 200 })),
  kept_form: Type.Optional(Type.String()),
})

const response = { 200: htmlPage, 303: seeOther }

/**
 * Registration: a pseudonym and a password, with an address and a city for those who wish; followed by the page or form
 * that needed an account.
 */
export function registerRoutes(app: App, forum: Forum, sessions: Sessions): void {
  const query = Type.Object({
    next: Next,
    setup: Type.Optional(Type.String({ maxLength: 200 })),
    invitation: Type.Optional(Type.String({ maxLength: 200 })),
  })
  app.get('/register', { schema: { querystring: query, response } }, async (request, reply) => {
    const { next, setup, invitation = '' } = request.query
    if (request.member) return reply.redirect(ownPathOr(next, '/'), 303)
    const asks = setup ? 'open' : await registrationMode(request)
    const first = setup ? await opensFirstAdmin(forum, setup) : false
    return reply.html(
      registerPage(request.page, {
        username: '',
        next: ownPathOr(next, '/'),
        setup: first ? (setup ?? null) : null,
        setupUsed: Boolean(setup) && !first,
        kept: null,
        ...{ asks, reason: '', invitation, shown: formTime(forum.secret) },
        email: '',
        city: '',
        cities: (await boardCatalogue(forum)).cities,
        messages: {},
      }),
    )
  })

  // Comes by POST from the login page, because a kept form is too long for an address.
  const between = { schema: { body: Between, response }, bodyLimit: LARGEST_KEPT_FORM }
  app.post('/register/begin', between, async (request, reply) => reply.html(await formAgain(request, {})))

  const options = {
    schema: { body: Registration, response },
    config: { formAgain, countsItself: true },
    bodyLimit: LARGEST_KEPT_FORM,
  }
  app.post('/register', options, async (request, reply) => {
    const form: Static<typeof Registration> = request.body
    const { username, password, email, city, setup, next, kept_form: packed } = form
    if (!setup) mustBeFilledInByHand(forum, form)
    const asked = setup ? {} : givenReason(await registrationMode(request), form)
    // Keyboards of phones add a space after a suggested word.
    const name = username.trim()
    const { language } = request.page
    const place = networkDigest(request)
    const member = await pacedRegistration(forum, { username: name, password, language, setup, place, ...asked })
    const board = city && (await boardCatalogue(forum)).withSlug(city)
    if (board) await subscribeToBoard(forum, member, board.id, 'following')
    const session = await openSession(forum, sessions, { id: member }, request, reply)
    const told = welcome(name, Boolean(setup), board ? worded(board.name, language) : null, Boolean(email))
    const waiting = unpackForm(packed)
    try {
      if (email) await askToConfirm(forum, { id: member, username: name, language }, email)
    } catch (error) {
      // The account exists by now, so its member gets no error page. They can give the address later in the settings.
      if (!(error instanceof Problem && error.status === 429)) throw error
      if (!waiting) return reply.redirect('/settings/email?done=later', 303)
    }
    if (packed && waiting) return goOnWith(app, forum, request, reply, { packed, form: waiting, member, session, told })
    return reply.tell(...told).redirect(ownPathOr(next, '/'), 303)
  })

  /** @throws Problem 403 when registration is closed. */
  async function registrationMode({ page }: FastifyRequest): Promise<OpenMode> {
    const { registration } = await forumSettings(forum)
    if (registration !== 'closed') return registration
    throw new Problem(403, 'registration.closed', { instead: { path: '/legal', title: page.t('page_names.legal') } })
  }

  async function formAgain(request: FastifyRequest, found: FieldMessages): Promise<Html> {
    const sent = sentForm(request)
    const messages = withNameProblem(request, found)
    return registerPage(request.page, {
      username: sent.text('username'),
      next: ownPathOr(sent.text('next'), '/'),
      // The setup link is used up, so the form comes back without it and makes an ordinary account.
      setup: messages.setup ? null : sent.text('setup') || null,
      setupUsed: Boolean(messages.setup),
      kept: waitingView(sent.text('kept_form')),
      asks: sent.text('setup') ? 'open' : await registrationMode(request),
      reason: sent.text('reason'),
      invitation: sent.text('invitation'),
      shown: formTime(forum.secret),
      email: sent.text('email'),
      city: sent.text('city'),
      cities: (await boardCatalogue(forum)).cities,
      messages,
    })
  }
}

type OpenMode = Exclude<Settings['registration'], 'closed'>

/** The reason for joining, where the forum asks for one. @throws Problem 422 without it. */
function givenReason(
  mode: OpenMode,
  { reason = '', invitation = '' }: Pick<Static<typeof Registration>, 'reason' | 'invitation'>,
): { reason?: string; invitation?: string } {
  if (mode === 'approval') {
    if (!isSeen(reason)) throw invalidField('reason', 'registration.needs_reason')
    return { reason: reason.trim() }
  }
  if (mode === 'open') return {}
  if (invitation === '') throw invalidField('invitation', 'registration.needs_invitation')
  return { invitation }
}

/** What the first page after registration says. */
function welcome(name: string, isAdmin: boolean, city: string | null, mustConfirm: boolean): Told[] {
  return [
    { key: isAdmin ? 'done.welcome_admin' : 'done.welcome', values: { name } },
    ...(mustConfirm ? [{ key: 'done.must_confirm', values: {} } as const] : []),
    ...(city === null ? [] : [{ key: 'done.following', values: { name: city } } as const]),
  ]
}

/** Adds the name's error to those that the schema found, so that the form shows all errors at once. */
function withNameProblem(request: FastifyRequest, messages: FieldMessages): FieldMessages {
  const problem = usernameProblem(sentForm(request).text('username').trim())
  if (Object.keys(messages).length === 0 || messages.username || !problem) return messages
  return { username: request.page.t(problem.key, problem.values ?? {}), ...messages }
}
