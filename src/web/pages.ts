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

/** The member who makes a request, as far as every page needs to know them. */
export interface RequestMember {
  id: number
  username: string
  role: Role
  language: Language
  theme: Theme | null
  /** As they have chosen it; null: the forum's. */
  timeZone: string | null
  /** What is older counts as read: when they joined, or what they have chosen. */
  joinedAt: Date
  silenced: boolean
  /** Moderators have not let them in yet. */
  waiting: boolean
  /** Their role is of no effect until they have a second factor. */
  mustAddFactor: boolean
  /** Notifications that they have not read; counted up to a hundred. */
  unread: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null until the accounts have recognised a session, and for people without one. */
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
  // Read before any page is made, which cannot wait for them; the next change drops them.
  app.addHook('onRequest', async (_request, reply) => {
    const { search_engines: listed } = await forumSettings(forum)
    if (!listed) reply.header('x-robots-tag', 'noindex')
  })
  // A browser keeps a 301 for ever (RFC 9110, 15.4.2); back and forth between two titles would lead it in a circle.
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
    // A page for people without an account may be kept for all of them.
    told: member ? request.told : [],
  }
}

/** This page, to come back to; for one that is an answer to a form, the page where that form was filled in. */
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
