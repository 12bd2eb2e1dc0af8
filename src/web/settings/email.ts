import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { FieldMessages } from '../../../views/page.ts'
import { emailSettingsPage } from '../../../views/settings/email-settings-page.ts'
import { mailPreview, previewFor } from '../../forum/digests/preview.ts'
import { digestsOf } from '../../forum/digests/settings.ts'
import type { Forum } from '../../forum/forum.ts'
import { askToConfirm, emailOfMember, removeAddress } from '../../forum/members/email-addresses.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS, shownAddress } from '../../forum/members/email-key.ts'
import { resumeAddress } from '../../forum/members/email-refusals.ts'
import { forgetPending, pendingAddress } from '../../forum/members/email-tokens.ts'
import { mustKnowPassword } from '../../forum/members/must-know-password.ts'
import { pushKey } from '../../forum/push/keys.ts'
import { pushBrowsersOf } from '../../forum/push/push-browsers.ts'
import { LONGEST_PASSWORD } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { MAIL_POLICY } from '../../platform/http/security-headers.ts'
import { invalidField } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { type Html, safeHtml } from '../../platform/text/html.ts'
import type { MessageKey } from '../../platform/text/i18n/translate.ts'
import { RHYTHMS } from '../../schema/enums.ts'
import { linkRoutes } from '../members/links.ts'
import { asking, memberOf, signedIn } from '../members/recognise-members.ts'
import { Mark } from '../shapes.ts'
import { changeDigests } from './change-digests.ts'

const Address = Type.String({ pattern: ADDRESS_PATTERN, maxLength: LONGEST_ADDRESS })

/** Several forms post here. `action` says which. */
const Settings = Type.Object({
  action: Type.Enum(['address', 'resend', 'withdraw', 'remove', 'resume', 'digest', 'send-preview']),
  email: Type.Optional(Address),
  password: Type.Optional(Type.String({ maxLength: LONGEST_PASSWORD })),
  /** The password, in the form that removes the address. */
  remove_password: Type.Optional(Type.String({ maxLength: LONGEST_PASSWORD })),
  rhythm: Type.Optional(Type.Enum([...RHYTHMS])),
  weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
  hour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23 })),
  time_zone: Type.Optional(Type.String({ maxLength: 60 })),
  notify_by_mail: Mark,
})

/** A member's mail address, and which mails they get. */
export function emailRoutes(app: App, forum: Forum): void {
  const { database } = forum
  linkRoutes(app, forum)
  const query = Type.Object({ done: Type.Optional(Type.Enum(Object.keys(DONE))) })

  app.get(
    '/settings/email',
    { schema: { querystring: query, response: { 200: htmlPage } }, preValidation: signedIn },
    async (request, reply) => reply.html(await settingsPage(request, {}, DONE[request.query.done ?? ''])),
  )

  const settings = {
    schema: { body: Settings, response: { 200: htmlPage, 303: seeOther } },
    preValidation: signedIn,
    config: { formAgain: settingsPage },
  }
  app.post('/settings/email', settings, async (request, reply) => {
    const did = await ACTIONS[request.body.action](forum, request)
    return done(reply, did)
  })

  /** The digest that the member would get now. */
  const preview = { schema: { response: { 200: htmlPage, 303: seeOther } }, preValidation: signedIn }
  app.get('/settings/email/preview', preview, async (request, reply) => {
    const member = memberOf(request)
    await takeAttempt(forum, { action: 'digest preview', most: 20, seconds: 3_600 }, String(member.id))
    const content = await previewFor(forum, member)
    if (!content) return done(reply, 'nothing')
    // The mail's style is inline. The policy stops everything else from running or loading.
    return reply.header('content-security-policy', MAIL_POLICY).html(safeHtml(content.html))
  })

  async function settingsPage(request: FastifyRequest, messages: FieldMessages, notice?: MessageKey): Promise<Html> {
    const { id } = memberOf(request)
    const [address, pending, chosen, browsers] = await Promise.all([
      emailOfMember(database, id),
      pendingAddress(database, id),
      digestsOf(database, id),
      pushBrowsersOf(database, id),
    ])
    const sentAgain = sentForm(request)
    return emailSettingsPage(request.page, {
      address: address ? shownAddress(address.address) : null,
      pending: pending === null ? null : shownAddress(pending),
      paused: Boolean(address?.pausedAt),
      rhythm: sentAgain.text('rhythm') || chosen.rhythm,
      weekday: sentAgain.text('weekday') || String(chosen.weekday),
      hour: sentAgain.text('hour') || String(chosen.hour),
      timeZone: sentAgain.text('time_zone') || chosen.timeZone,
      notifyByMail: chosen.notifyByMail,
      notice: notice ? request.page.t(notice) : '',
      typed: sentAgain.text('email'),
      push: { key: pushKey(forum), browsers },
      messages,
    })
  }
}

type Sent = FastifyRequest<{ Body: Static<typeof Settings> }>

/** What the forms of the page do, by `action`. Each answers the message for the next page. */
const ACTIONS: Record<Static<typeof Settings>['action'], (forum: Forum, request: Sent) => Promise<string>> = {
  async address(forum, request) {
    const { email, password } = request.body
    if (!email) throw invalidField('email', 'errors.empty')
    // Needs the password for the first address too: with an address, a stranger at an open window could reset the
    // password.
    const asked = asking(request, password)
    await mustKnowPassword(forum, asked)
    await askToConfirm(forum, memberOf(request), email, asked.sessionId)
    return 'asked'
  },

  async resend(forum, request) {
    const member = memberOf(request)
    const pending = await pendingAddress(forum.database, member.id)
    if (!pending) throw invalidField('email', 'errors.empty')
    await askToConfirm(forum, member, pending, asking(request).sessionId)
    return 'asked'
  },

  async withdraw({ database }, request) {
    await forgetPending(database, memberOf(request).id)
    return 'withdrawn'
  },

  async remove(forum, request) {
    const { password, remove_password: ofThisForm } = request.body
    const asked = asking(request, password ?? ofThisForm)
    await mustKnowPassword(forum, asked, 'remove_password')
    await removeAddress(forum, asked)
    return 'removed'
  },

  async resume(forum, request) {
    await resumeAddress(forum, memberOf(request).id)
    return 'saved'
  },

  async digest(forum, request) {
    const { rhythm, weekday, hour, time_zone: timeZone, notify_by_mail: notify } = request.body
    const sent = { rhythm, weekday, hour, timeZone, notifyByMail: notify !== undefined }
    await changeDigests(forum, memberOf(request).id, sent)
    return 'saved'
  },

  async 'send-preview'(forum, request) {
    const member = memberOf(request)
    await takeAttempt(forum, { action: 'mail preview', most: 10, seconds: 3_600 }, String(member.id))
    const address = await emailOfMember(forum.database, member.id)
    if (!address) throw invalidField('email', 'errors.empty')
    if (address.pausedAt) return 'paused'
    return (await mailPreview(forum, member)) ? 'mailed' : 'nothing'
  },
}

/** The message for the next page. */
const DONE: Record<string, MessageKey> = {
  asked: 'email.asked',
  later: 'email.later',
  confirmed: 'email.confirmed',
  withdrawn: 'email.withdrawn',
  removed: 'email.removed',
  saved: 'accounts.saved',
  mailed: 'email.preview_sent',
  paused: 'email.preview_paused',
  nothing: 'email.nothing_now',
}

const done = (reply: FastifyReply, what: string) => reply.redirect(`/settings/email?done=${what}`, 303)
