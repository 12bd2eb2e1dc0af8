import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AssetPaths, Page } from '../../views/page.ts'
import type { Forum } from '../forum/forum.ts'
import { mayModerate } from '../forum/members/permissions.ts'
import { lastOpenCaseCount } from '../forum/moderation/open-cases.ts'
import { forumSettings, lastSettings } from '../forum/settings.ts'
import type { App } from '../platform/http/app.ts'
import { asksOnion } from '../platform/http/asked-origin.ts'
import { ownPathOr } from '../platform/http/forms/kept-form.ts'
import type { Theme } from '../platform/http/reader-choices.ts'
import { chosenLanguage, chosenTheme } from '../platform/http/reader-choices.ts'
import type { Html } from '../platform/text/html.ts'
import type { Language } from '../platform/text/i18n/languages.ts'
import { translator } from '../platform/text/i18n/translate.ts'
import { wordedSentence } from '../platform/text/i18n/worded.ts'
import type { Role } from '../schema/enums.ts'
import { coloursPath } from './colours.ts'

/** The member of a request, as far as every page needs them. */
export interface RequestMember {
  id: number
  username: string
  role: Role
  language: Language
  theme: Theme | null
  /** The member's choice; null for the forum's time zone. */
  timeZone: string | null
  /** Everything older counts as read: the day they joined, or one that they chose. */
  joinedAt: Date
  silenced: boolean
  /** A moderator has not approved the account yet. */
  waiting: boolean
  /** Their role has no effect until they have a second factor. */
  mustAddFactor: boolean
  /** Unread notifications, counted up to a hundred. */
  unread: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null before the session is looked up, and for visitors. */
    member: RequestMember | null
    readonly page: Page
  }
  interface FastifyReply {
    html(page: Html): FastifyReply
  }
}

/** Gives every request its `page` (language, theme, reader) and every answer its `html()`. */
export function showPages(app: App, forum: Forum, assets: AssetPaths): void {
  app.decorateRequest('member', null)
  app.decorateRequest('page', {
    getter() {
      return pageOf(this, forum, assets)
    },
  })
  app.decorateReply('html', sendPage)
  // Reads the settings first, because making a page is synchronous. The next change drops them.
  app.addHook('onRequest', async (_request, reply) => {
    const { search_engines: listed } = await forumSettings(forum)
    if (!listed) reply.header('x-robots-tag', 'noindex')
  })
  // A browser keeps a 301 for ever (RFC 9110, 15.4.2). If a title changed back, two of them would redirect in a circle.
  app.addHook('onSend', async ({ member }, reply) => {
    const { statusCode: status } = reply
    if (status < 300 || status >= 400 || reply.hasHeader('cache-control')) return
    reply.header('cache-control', member ? 'private, no-store' : 'no-cache')
  })
}

function pageOf(request: FastifyRequest, forum: Forum, assets: AssetPaths): Page {
  const { member, choices } = request
  const { name, tagline, welcome, search_engines: listed, languages, signal, registration } = lastSettings(forum)
  const asked = choices?.language ?? member?.language ?? chosenLanguage(request.headers)
  const language = languages.includes(asked) ? asked : (languages[0] ?? asked)
  const chosen = choices?.theme ?? (member ? member.theme : chosenTheme(request.headers))
  const t = translator(language)
  return {
    language,
    t,
    site: {
      name: name || t('site.name'),
      tagline: wordedSentence(tagline, language) || t('site.tagline'),
      welcome: wordedSentence(welcome, language),
      registers: registration !== 'closed',
      listed,
      languages,
      colours: signal ? coloursPath(signal) : null,
    },
    timeZone: member?.timeZone ?? null,
    theme: chosen === 'auto' ? null : chosen,
    viewer: member && { ...member, openCases: mayModerate(member) ? lastOpenCaseCount(forum) : 0 },
    here: placeOf(request),
    origin: asksOnion(request.headers) ? null : forum.config.origin,
    assets,
    // A page for visitors may be kept for all of them, so it shows no message for one person.
    told: member ? request.told : [],
  }
}

/** The address to come back to: of this page, or of the page with the form that it answers. */
function placeOf({ method, url, headers: { referer } }: FastifyRequest): string {
  if (method !== 'POST') return url
  const from = referer !== undefined && URL.canParse(referer) ? new URL(referer) : null
  return ownPathOr(from ? from.pathname + from.search : undefined, '/')
}

function sendPage(this: FastifyReply, page: Html): FastifyReply {
  const { member, method } = this.request
  const personal = member !== null || (method !== 'GET' && method !== 'HEAD')
  return this.type('text/html; charset=utf-8')
    .header('cache-control', personal ? 'private, no-store' : 'no-cache')
    .header('vary', 'accept-encoding, accept-language, cookie')
    .send(page.toString())
}
