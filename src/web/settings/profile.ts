import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { settingsPage } from '../../../views/members/settings-page.ts'
import { moveDigests } from '../../forum/digests/settings.ts'
import type { Forum } from '../../forum/forum.ts'
import { ownProfile } from '../../forum/members/queries.ts'
import { LONGEST_BIOGRAPHY } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr } from '../../platform/http/forms/kept-form.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { invalidField, signInNeeded } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { LANGUAGES } from '../../platform/text/i18n/languages.ts'
import { timeZoneCalled } from '../../platform/text/i18n/time-zones.ts'
import { Mark, Next } from '../shapes.ts'
import { keepChoices } from './choices.ts'

const Settings = Type.Object({
  language: Type.Optional(Type.Enum([...LANGUAGES])),
  theme: Type.Optional(Type.Enum(['auto', 'light', 'dark'])),
  biography: Type.Optional(Type.String({ maxLength: LONGEST_BIOGRAPHY })),
  /** Whether search engines may show the profile. */
  listed: Type.Optional(Type.Enum(['yes', 'no'])),
  /** An IANA name; empty: the forum's. */
  time_zone: Type.Optional(Type.String({ maxLength: 60 })),
  next: Next,
})

/**
 * The zone that a form asks for; undefined where it asks for no other.
 * @throws Problem 422 for one that the runtime does not know.
 */
function timeZoneIn(sent: string | undefined, present: string | null): string | null | undefined {
  if (sent === undefined || sent === present) return undefined
  if (sent === '') return null
  const zone = timeZoneCalled(sent)
  if (!zone) throw invalidField('time_zone', 'email.no_such_zone')
  return zone
}

/** Language and look, for everybody (in two cookies, without an account), and what members say of themselves. */
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
        saved,
        messages: {},
      }),
    )
  })

  const changing = { schema: { body: Settings, response: { 200: htmlPage, 303: seeOther } }, config: { formAgain } }
  app.post('/settings', changing, async (request, reply) => {
    const { language, theme, biography, listed, next } = request.body
    // A session that ended: what was written must not be dropped.
    if (!request.member && biography !== undefined) throw signInNeeded()
    if (request.member) {
      const zone = timeZoneIn(request.body.time_zone, request.member.timeZone)
      await keepChoices(forum, request, reply, {
        language,
        theme,
        ...(zone === undefined ? {} : { timeZone: zone }),
        ...(biography === undefined ? {} : { biography: biography.trim() }),
        ...(listed === undefined ? {} : { listed: listed === 'yes' }),
      })
      // The same clock for the hour of the digest.
      if (zone) await moveDigests(forum.database, request.member.id, zone)
    } else await keepChoices(forum, request, reply, { language, theme })
    return reply.redirect(ownPathOr(next, '/settings?saved=1'), 303)
  })
}

async function formAgain(request: FastifyRequest, messages: Record<string, string>): Promise<Html> {
  const sent = sentForm(request)
  return settingsPage(request.page, {
    language: request.choices?.language ?? (sent.text('language') || request.page.language),
    theme: request.choices?.theme ?? (sent.text('theme') || 'auto'),
    biography: request.member ? sent.text('biography') : null,
    listed: sent.text('listed') || 'no',
    timeZone: sent.text('time_zone'),
    saved: false,
    messages,
  })
}
