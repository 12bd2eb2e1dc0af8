import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { settingsPage } from '../../../views/members/settings-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { ownProfile } from '../../forum/members/queries.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr } from '../../platform/http/forms/kept-form.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { signInNeeded } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { Mark, Next } from '../shapes.ts'
import { ChangedSettings } from './change-settings.ts'
import { keepChoices } from './choices.ts'

const Settings = Type.Object({ ...ChangedSettings.properties, next: Next })

/** Language and look for everybody, in two cookies without an account; and the profile of a member. */
export function settingsRoutes(app: App, forum: Forum): void {
  const query = Type.Object({ saved: Mark })
  app.get('/settings', { schema: { querystring: query, response: { 200: htmlPage } } }, async (request, reply) => {
    const { page, member } = request
    const profile = member ? await ownProfile(forum.database, member.id) : null
    const saved = request.query.saved !== undefined
    return reply.html(
      settingsPage(page, {
        language: page.language,
        theme: page.theme ?? 'auto',
        biography: profile?.biography ?? null,
        listed: profile?.listed ? 'yes' : 'no',
        timeZone: page.timeZone ?? '',
        unreadSince: profile?.unreadSince?.toISOString().slice(0, 10) ?? '',
        saved,
        messages: {},
      }),
    )
  })

  const changing = { schema: { body: Settings, response: { 200: htmlPage, 303: seeOther } }, config: { formAgain } }
  app.post('/settings', changing, async (request, reply) => {
    const { next, ...settings } = request.body
    // The session ended while they wrote. Asks to log in, so that the text is not lost.
    if (!request.member && settings.biography !== undefined) throw signInNeeded()
    await keepChoices(forum, request, reply, settings)
    return reply.redirect(ownPathOr(next, '/settings?saved=1'), 303)
  })
}

async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
  const sent = sentForm(request)
  return settingsPage(request.page, {
    language: request.choices?.language ?? (sent.text('language') || request.page.language),
    theme: request.choices?.theme ?? (sent.text('theme') || 'auto'),
    biography: request.member ? sent.text('biography') : null,
    listed: sent.text('listed') || 'no',
    timeZone: sent.text('time_zone'),
    unreadSince: sent.text('unread_since'),
    saved: false,
    messages,
  })
}
