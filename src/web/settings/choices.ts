import type { FastifyReply, FastifyRequest } from 'fastify'
import { keptFormPage } from '../../../views/errors/kept-form-page.ts'
import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { keptForm } from '../../platform/http/forms/kept-form.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import type { Theme } from '../../platform/http/reader-choices.ts'
import { isLanguage, type Language } from '../../platform/text/i18n/languages.ts'
import { changeSettings, type SentSettings } from './change-settings.ts'

/** Language and look that somebody chooses. The answer to that request already has them. */
export interface Choices {
  language?: Language | undefined
  theme?: Theme | 'auto' | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    choices: Choices | null
  }
}

const YEAR_SECONDS = 365 * 86_400

/**
 * The buttons for language and look at the foot of a page also send the form in which somebody writes. Such a form is
 * not carried out: it comes back in the chosen language and look, as it was typed.
 */
export function chooseWhileWriting(app: App, forum: Forum): void {
  app.decorateRequest('choices', null)
  app.addHook('preValidation', async (request, reply) => {
    const sent = sentForm(request)
    const [language, theme] = [sent.list('choose_language')[0], sent.list('choose_theme')[0]]
    if (
      request.method !== 'POST' ||
      request.routeOptions.config.forPrograms ||
      (language === undefined && theme === undefined)
    )
      return
    await keepChoices(forum, request, reply, {
      language: isLanguage(language) ? language : undefined,
      theme: theme === 'auto' || theme === 'light' || theme === 'dark' ? theme : undefined,
    })
    const { formAgain } = request.routeOptions.config
    const kept = { action: '/', fields: [], ...keptForm(request), from: request.page.here }
    return reply.html(formAgain ? await formAgain(request, {}) : keptFormPage(request.page, kept))
  })
}

/** Saves choices in the account. Language and look also go in cookies, which stay after logout. */
export async function keepChoices(
  forum: Forum,
  request: FastifyRequest,
  reply: FastifyReply,
  settings: SentSettings,
): Promise<void> {
  const { language, theme } = settings
  if (request.member) await changeSettings(forum, request.member, settings)
  request.choices = { language, theme }
  const secure = forum.config.origin.startsWith('https:')
  const cookie = { path: '/', sameSite: 'lax', httpOnly: true, secure, maxAge: YEAR_SECONDS } as const
  if (language) reply.setCookie('language', language, cookie)
  if (theme) reply.setCookie('theme', theme, cookie)
}
