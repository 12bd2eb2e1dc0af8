import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { settingsPage } from '../../../views/members/settings-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { biographyOf } from '../../forum/members/queries.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr } from '../../platform/http/forms/kept-form.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { signInNeeded } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { Next } from '../shapes.ts'
import { ChangedSettings, changeSettings } from './change-settings.ts'

const Settings = Type.Object({ ...ChangedSettings.properties, next: Next })

const YEAR_SECONDS = 365 * 86_400

/** Language and look, for everybody (in two cookies, without an account), and what members say of themselves. */
export function settingsRoutes(app: App, forum: Forum): void {
  const query = Type.Object({ saved: Type.Optional(Type.String()) })
  app.get('/settings', { schema: { querystring: query, response: { 200: htmlPage } } }, async (request, reply) => {
    const { page, member } = request
    const biography = member ? await biographyOf(forum.database, member.id) : null
    const saved = request.query.saved !== undefined
    return reply.html(
      settingsPage(page, {
        language: page.language,
        theme: page.theme ?? 'auto',
        biography,
        timeZone: page.timeZone ?? '',
        saved,
        messages: {},
      }),
    )
  })

  const changing = { schema: { body: Settings, response: { 303: seeOther } }, config: { formAgain } }
  app.post('/settings', changing, async (request, reply) => {
    const { language, theme, biography, next } = request.body
    // A session that ended: what was written must not be dropped.
    if (!request.member && biography !== undefined) throw signInNeeded()
    if (request.member) await changeSettings(forum, request.member, request.body)
    if (language) keepChoice(reply, 'language', language)
    if (theme) keepChoice(reply, 'theme', theme)
    return reply.redirect(ownPathOr(next, '/settings?saved=1'), 303)
  })

  /** Kept on the device too, so that it looks the same after logging out. */
  function keepChoice(reply: FastifyReply, name: string, value: string): void {
    const secure = forum.config.origin.startsWith('https:')
    reply.setCookie(name, value, { path: '/', sameSite: 'lax', httpOnly: true, secure, maxAge: YEAR_SECONDS })
  }
}

async function formAgain(request: FastifyRequest, messages: Record<string, string>): Promise<Html> {
  const sent = sentForm(request)
  return settingsPage(request.page, {
    language: sent.text('language') || request.page.language,
    theme: sent.text('theme') || 'auto',
    biography: request.member ? sent.text('biography') : null,
    timeZone: sent.text('time_zone'),
    saved: false,
    messages,
  })
}
