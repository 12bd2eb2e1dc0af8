import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { renderSVG } from 'uqr'
import type { FieldMessages } from '../../../views/page.ts'
import { recoveryCodesPage } from '../../../views/settings/recovery-codes-page.ts'
import { secondFactorOnPage, secondFactorPage } from '../../../views/settings/second-factor-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { mustKnowPassword } from '../../forum/members/must-know-password.ts'
import { authenticatorAddress } from '../../forum/members/second-factor/authenticator.ts'
import { secondFactorOf } from '../../forum/members/second-factor/queries.ts'
import { renewRecoveryCodes, switchOff } from '../../forum/members/second-factor/switch-off.ts'
import { offeredSecret, switchOn } from '../../forum/members/second-factor/switch-on.ts'
import { LONGEST_PASSWORD } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { type Html, safeHtml } from '../../platform/text/html.ts'
import { isFresh } from '../members/fresh-login.ts'
import { asking, memberOf, signedIn } from '../members/recognise-members.ts'

const Password = Type.String({ minLength: 1, maxLength: LONGEST_PASSWORD })
const SwitchOn = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 40 }),
  password: Type.Optional(Type.String({ maxLength: LONGEST_PASSWORD })),
})
/** Each form of the page has its own password field. Scripts send `password`. */
const SwitchOff = Type.Object({ password: Type.Optional(Password), off_password: Type.Optional(Password) })
const NewCodes = Type.Object({ password: Type.Optional(Password), codes_password: Type.Optional(Password) })

/** A member's second factor: an authenticator app (RFC 6238), and recovery codes. */
export function secondFactorRoutes(app: App, forum: Forum): void {
  const page = { schema: { response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/settings/security/totp', page, async (request, reply) => reply.html(await shown(request, {})))

  const again = { preValidation: signedIn, config: { formAgain: shown } }
  app.post(
    '/settings/security/totp',
    { ...again, schema: { body: SwitchOn, response: { 200: htmlPage } } },
    async (request, reply) => {
      const { code, password } = request.body
      if (!(await isFresh(forum, request))) await mustKnowPassword(forum, asking(request, password))
      return showCodes(reply, request, await switchOn(forum, asking(request), code.replaceAll(/\s/g, '')))
    },
  )

  app.post(
    '/settings/security/totp/codes',
    { ...again, schema: { body: NewCodes, response: { 200: htmlPage, 303: seeOther } } },
    async (request, reply) => {
      const { password, codes_password: typed = password } = request.body
      const codes = await renewRecoveryCodes(forum, asking(request, typed))
      return codes.length > 0 ? showCodes(reply, request, codes) : reply.redirect('/settings/security/totp', 303)
    },
  )

  app.post(
    '/settings/security/totp/off',
    { ...again, schema: { body: SwitchOff, response: { 303: seeOther } } },
    async (request, reply) => {
      const { password, off_password: typed = password } = request.body
      await switchOff(forum, asking(request, typed))
      return reply.tell({ key: 'done.factor_off', values: {} }).redirect('/settings/security', 303)
    },
  )

  async function shown(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const { id, username } = memberOf(request)
    const factor = await secondFactorOf(forum.database, id)
    if (factor) return secondFactorOnPage(request.page, { ...factor, messages })
    const secret = (await offeredSecret(forum, id)) ?? ''
    const address = authenticatorAddress(secret, request.page.site.name, username)
    return secondFactorPage(request.page, {
      secret,
      address,
      pictureHtml: safeHtml(renderSVG(address, { border: 2 })),
      asksPassword: !(await isFresh(forum, request)),
      messages,
    })
  }
}

function showCodes(reply: FastifyReply, request: FastifyRequest, codes: readonly string[]): FastifyReply {
  return reply.html(recoveryCodesPage(request.page, codes))
}
