import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { FieldMessages } from '../../../views/page.ts'
import { askResetPage, confirmedPage, confirmPage, resetPage } from '../../../views/settings/link-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { confirmAddress, emailOfMember } from '../../forum/members/email-addresses.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS, shownAddress } from '../../forum/members/email-key.ts'
import { holderOf, type Purpose } from '../../forum/members/email-tokens.ts'
import { usernameOf } from '../../forum/members/queries.ts'
import { askToReset, resetByLink } from '../../forum/members/reset-password.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../../limits.ts'
import { readSigned, sign } from '../../platform/crypto/signed.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { notFound, Problem } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { Mark } from '../shapes.ts'

const params = Type.Object({ token: Type.String({ maxLength: 100 }) })
const page = { 200: htmlPage }
const leadsOn = { 303: seeOther }

/**
 * The page after confirming shows the address for this long. Its path holds no address, because a browser keeps paths in
 * its history.
 */
const CONFIRMED = 'confirmed address'
const CONFIRMED_MILLISECONDS = 600_000

/** The address is part of what is signed, so the link stops working once the member has another address. */
const confirmedAs = (address: string): string => `${CONFIRMED} ${address}`

/** Links that are sent by mail. GET changes nothing, because mail scanners open links. */
export function linkRoutes(app: App, forum: Forum): void {
  confirmRoutes(app, forum)
  resetRoutes(app, forum)
}

function confirmRoutes(app: App, forum: Forum): void {
  const { database } = forum

  app.get('/confirm/:token', { schema: { params, response: page } }, async (request, reply) =>
    reply.html(await confirm(request, {})),
  )

  const confirming = { schema: { params, response: leadsOn }, config: { formAgain: confirm } }
  app.post('/confirm/:token', confirming, async (request, reply) => {
    const { memberId, address } = await confirmAddress(forum, request.params.token).catch(orAnother(request, 'confirm'))
    if (request.member?.id === memberId) return reply.redirect('/settings/email?done=confirmed', 303)
    const said = `${memberId}-${Date.now() + CONFIRMED_MILLISECONDS}`
    return reply.redirect(`/confirmed/${sign(forum.secret, confirmedAs(address), said)}`, 303)
  })

  /** For somebody who opens the link where they are not logged in, or where somebody else is. */
  app.get('/confirmed/:token', { schema: { params, response: page } }, async (request, reply) => {
    const { token } = request.params
    const memberId = Number(/^\d{1,15}(?=-)/.exec(token)?.[0] ?? 0)
    const found = await emailOfMember(database, memberId)
    const said = found && readSigned(forum.secret, confirmedAs(found.address), token)
    if (!found || !said || Number(said.split('-')[1]) < Date.now()) throw notFound('email.no_such_link')
    const name = await usernameOf(database, memberId)
    return reply.html(confirmedPage(request.page, { name, address: shownAddress(found.address) }))
  })

  async function confirm(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const { token, address, name } = await openLink(forum, request, 'confirm')
    return confirmPage(request.page, { token, name, address: shownAddress(address ?? ''), messages })
  }
}

function resetRoutes(app: App, forum: Forum): void {
  const sent = Type.Object({ sent: Mark })
  app.get('/reset', { schema: { querystring: sent, response: page } }, async (request, reply) =>
    reply.html(askResetPage(request.page, { email: '', sent: request.query.sent !== undefined, messages: {} })),
  )

  const email = Type.String({ pattern: ADDRESS_PATTERN, maxLength: LONGEST_ADDRESS })
  const askAgain = async (request: FastifyRequest, messages: FieldMessages) =>
    askResetPage(request.page, { email: sentForm(request).text('email'), sent: false, messages })
  const asking = { schema: { body: Type.Object({ email }), response: leadsOn }, config: { formAgain: askAgain } }
  app.post('/reset', asking, async (request, reply) => {
    await askToReset(forum, request.body.email, request)
    return reply.redirect('/reset?sent=1', 303)
  })

  app.get('/reset/:token', { schema: { params, response: page } }, async (request, reply) =>
    reply.html(await choose(request, {})),
  )

  const password = Type.String({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD })
  const choosing = {
    schema: { params, body: Type.Object({ password }), response: leadsOn },
    config: { formAgain: choose },
  }
  app.post('/reset/:token', choosing, async (request, reply) => {
    const { token } = request.params
    await resetByLink(forum, token, request.body.password).catch(orAnother(request, 'reset'))
    return reply.redirect('/login?reset=1', 303)
  })

  async function choose(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const { token, name } = await openLink(forum, request, 'reset')
    return resetPage(request.page, { token, name, messages })
  }
}

/** @throws Problem 404 for a link that is used, expired or not ours. */
async function openLink({ database }: Forum, request: FastifyRequest, purpose: Purpose) {
  const { params: address } = request
  if (!Value.Check(params, address)) throw notFound('email.no_such_link')
  const { token } = address
  const holder =
    (await holderOf(database, purpose, token)) ??
    (purpose === 'reset' ? await holderOf(database, 'rescue', token) : null)
  if (!holder) return orAnother(request, purpose)(notFound('email.no_such_link'))
  return { token, address: holder.address, name: await usernameOf(database, holder.memberId) }
}

/** Where to ask for a new link of each kind. */
const ASKED_AT: Record<Purpose, string> = { confirm: '/settings/email', reset: '/reset', rescue: '/reset' }

/** Adds to the error where to get a new link. */
function orAnother({ page }: FastifyRequest, purpose: Purpose) {
  return (error: unknown): never => {
    if (!(error instanceof Problem && error.status === 404)) throw error
    throw notFound(error.key, { path: ASKED_AT[purpose], title: page.t('email.ask_again') })
  }
}
