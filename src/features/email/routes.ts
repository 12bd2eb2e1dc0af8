import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { emailSettingsPage } from '../../../views/email/email-settings-page.ts'
import { askResetPage, confirmPage, resetPage } from '../../../views/email/link-page.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../../limits.ts'
import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { invalidField, notFound } from '../../platform/http/errors.ts'
import { takeAttempt } from '../../platform/http/rate-limits.ts'
import { sentForm } from '../../platform/http/sent-form.ts'
import type { MessageKey } from '../../platform/i18n/translate.ts'
import { memberOf, signedIn } from '../accounts/sessions/on-requests.ts'
import { timeZoneCalled } from '../digests/next-digest.ts'
import { mailPreview, previewFor } from '../digests/preview.ts'
import { RHYTHMS } from '../digests/schema.ts'
import { chooseDigests, digestsOf } from '../digests/settings.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS } from './address-key.ts'
import { addressOfMember, askToConfirm, confirmAddress, mustKnowPassword, removeAddress } from './addresses.ts'
import { resumeAddress } from './refusals.ts'
import { askToReset, resetByLink } from './reset-password.ts'
import { holderOf } from './tokens.ts'

const Address = Type.String({ pattern: ADDRESS_PATTERN, maxLength: LONGEST_ADDRESS })

/** Several forms with one address; `action` says which. */
const Settings = Type.Object({
  action: Type.Enum(['address', 'remove', 'resume', 'digest', 'send-preview']),
  email: Type.Optional(Address),
  password: Type.Optional(Type.String({ maxLength: LONGEST_PASSWORD })),
  rhythm: Type.Optional(Type.Enum([...RHYTHMS])),
  weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
  hour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23 })),
  time_zone: Type.Optional(Type.String({ maxLength: 60 })),
  notify_by_mail: Type.Optional(Type.String()),
})

const params = Type.Object({ token: Type.String({ maxLength: 100 }) })

/** The address of a member and what is sent there; the links that are sent by mail. */
export function emailRoutes(app: App, forum: Forum): void {
  const { database } = forum
  const query = Type.Object({ done: Type.Optional(Type.Enum(Object.keys(DONE))) })

  app.get('/settings/email', { schema: { querystring: query }, preValidation: signedIn }, async (request, reply) =>
    reply.html(await settingsPage(request, {}, DONE[request.query.done ?? ''])),
  )

  const settings = { schema: { body: Settings }, preValidation: signedIn, config: { formAgain: settingsPage } }
  app.post('/settings/email', settings, async (request, reply) => {
    const member = memberOf(request)
    const { action, email, password, rhythm, weekday, hour, time_zone: timeZone } = request.body
    switch (action) {
      case 'address':
        if (!email) throw invalidField('email', 'errors.empty')
        // For the first address too: by it, whoever finds an open window could give themself another password.
        await mustKnowPassword(forum, member.id, password ?? '')
        await askToConfirm(forum, member, email)
        return done(reply, 'asked')
      case 'remove':
        await removeAddress(forum, member.id)
        return done(reply, 'removed')
      case 'resume':
        await resumeAddress(forum, member.id)
        return done(reply, 'saved')
      case 'digest': {
        const before = await digestsOf(database, member.id)
        const zone = timeZoneCalled(timeZone ?? before.timeZone)
        if (!zone) throw invalidField('time_zone', 'email.no_such_zone')
        await chooseDigests(database, member.id, {
          rhythm: rhythm ?? before.rhythm,
          weekday: weekday ?? before.weekday,
          hour: hour ?? before.hour,
          timeZone: zone,
          notifyByMail: request.body.notify_by_mail !== undefined,
        })
        return done(reply, 'saved')
      }
      case 'send-preview': {
        await takeAttempt(forum, { action: 'mail preview', most: 10, seconds: 3_600 }, String(member.id))
        const address = await addressOfMember(database, member.id)
        if (!address) throw invalidField('email', 'errors.empty')
        if (address.pausedAt) return done(reply, 'paused')
        return done(reply, (await mailPreview(forum, member)) ? 'mailed' : 'nothing')
      }
    }
  })

  /** The digest that the member would get now, as mail programs show it. */
  app.get('/settings/email/preview', { preValidation: signedIn }, async (request, reply) => {
    const member = memberOf(request)
    await takeAttempt(forum, { action: 'digest preview', most: 20, seconds: 3_600 }, String(member.id))
    const content = await previewFor(forum, member)
    if (!content) return done(reply, 'nothing')
    // The mail's own style stands in its elements; nothing else of it may run or load.
    return reply
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups")
      .html(content.html)
  })

  app.get('/confirm/:token', { schema: { params } }, async (request, reply) => {
    const { token } = request.params
    if (!(await holderOf(database, 'confirm', token))) throw notFound('email.no_such_link')
    return reply.html(confirmPage(request.page, token, {}))
  })
  const confirming = { schema: { params }, config: { formAgain: confirmAgain } }
  app.post('/confirm/:token', confirming, async (request, reply) => {
    await confirmAddress(forum, request.params.token)
    return reply.redirect(request.member ? '/settings/email?done=confirmed' : '/login?next=/settings/email', 303)
  })

  const sent = Type.Object({ sent: Type.Optional(Type.String()) })
  app.get('/reset', { schema: { querystring: sent } }, async (request, reply) =>
    reply.html(askResetPage(request.page, { email: '', sent: request.query.sent !== undefined, messages: {} })),
  )
  const asking = { schema: { body: Type.Object({ email: Address }) }, config: { formAgain: resetAgain } }
  app.post('/reset', asking, async (request, reply) => {
    await askToReset(forum, request.body.email, request)
    return reply.redirect('/reset?sent=1', 303)
  })

  app.get('/reset/:token', { schema: { params } }, async (request, reply) => {
    const { token } = request.params
    if (!(await holderOf(database, 'reset', token))) throw notFound('email.no_such_link')
    return reply.html(resetPage(request.page, token, {}))
  })
  const password = Type.String({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD })
  const choosing = { schema: { params, body: Type.Object({ password }) }, config: { formAgain: chooseAgain } }
  app.post('/reset/:token', choosing, async (request, reply) => {
    await resetByLink(forum, request.params.token, request.body.password)
    return reply.redirect('/login', 303)
  })

  async function settingsPage(
    request: FastifyRequest,
    messages: Record<string, string>,
    notice?: MessageKey,
  ): Promise<string> {
    const { id } = memberOf(request)
    const [address, chosen] = await Promise.all([addressOfMember(database, id), digestsOf(database, id)])
    const sentAgain = sentForm(request)
    return emailSettingsPage(request.page, {
      address: address?.address ?? null,
      paused: Boolean(address?.pausedAt),
      rhythm: sentAgain.text('rhythm') || chosen.rhythm,
      weekday: sentAgain.text('weekday') || String(chosen.weekday),
      hour: sentAgain.text('hour') || String(chosen.hour),
      timeZone: sentAgain.text('time_zone') || chosen.timeZone,
      notifyByMail: chosen.notifyByMail,
      timeZones: Intl.supportedValuesOf('timeZone'),
      notice: notice ? request.page.t(notice) : '',
      typed: sentAgain.text('email'),
      messages,
    })
  }
}

/** What has been done, to say on the page that follows. */
const DONE: Record<string, MessageKey> = {
  asked: 'email.asked',
  later: 'email.later',
  confirmed: 'email.confirmed',
  removed: 'email.removed',
  saved: 'accounts.saved',
  mailed: 'email.preview_sent',
  paused: 'email.preview_paused',
  nothing: 'email.nothing_now',
}

const done = (reply: FastifyReply, what: string) => reply.redirect(`/settings/email?done=${what}`, 303)

const tokenOf = (request: FastifyRequest) => String(Object(request.params).token)
const confirmAgain = async (request: FastifyRequest, messages: Record<string, string>) =>
  confirmPage(request.page, tokenOf(request), messages)
const chooseAgain = async (request: FastifyRequest, messages: Record<string, string>) =>
  resetPage(request.page, tokenOf(request), messages)
const resetAgain = async (request: FastifyRequest, messages: Record<string, string>) =>
  askResetPage(request.page, { email: sentForm(request).text('email'), sent: false, messages })
