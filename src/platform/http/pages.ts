import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AssetPaths, Page, Role, Theme } from '../../../views/page.ts'
import type { Language } from '../i18n/languages.ts'
import { translator } from '../i18n/translate.ts'
import type { App } from './app.ts'
import { acceptedEncodings } from './encodings.ts'
import { headerText } from './header-text.ts'
import { ownPathOr } from './kept-form.ts'
import { fillIn, fillInCompressed, type PrintedPage } from './printed-page.ts'
import { chosenLanguage, chosenTheme } from './reader-choices.ts'

/** The member who makes a request, as far as every page needs to know them. */
export interface RequestMember {
  id: number
  username: string
  role: Role
  language: Language
  theme: Theme | null
  joinedAt: Date
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
    html(markup: string | Buffer): FastifyReply
    /** A page that was printed for many, with what is this member's own. */
    printed(page: PrintedPage, own: Record<string, string>): FastifyReply
  }
}

/** Gives every request its `page` (language, theme, reader) and every answer its `html()`. */
export function showPages(app: App, assets: AssetPaths): void {
  app.decorateRequest('member', null)
  app.decorateRequest('page', {
    getter() {
      return pageOf(this, assets)
    },
  })
  app.decorateReply('html', sendPage)
  app.decorateReply('printed', sendPrinted)
}

function pageOf(request: FastifyRequest, assets: AssetPaths): Page {
  const { member } = request
  const language = member?.language ?? chosenLanguage(request.headers)
  return {
    language,
    t: translator(language),
    theme: member ? member.theme : chosenTheme(request.headers),
    viewer: member,
    here: placeOf(request),
    assets,
    blanks: false,
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

function sendPage(this: FastifyReply, markup: string | Buffer): FastifyReply {
  const personal = this.request.member !== null || this.request.method !== 'GET'
  return this.type('text/html; charset=utf-8')
    .header('cache-control', personal ? 'private, no-store' : 'no-cache')
    .header('vary', 'accept-encoding, accept-language, cookie')
    .send(markup)
}

function sendPrinted(this: FastifyReply, page: PrintedPage, own: Record<string, string>): FastifyReply {
  const { gzip } = acceptedEncodings(headerText(this.request.headers['accept-encoding']))
  if (!gzip) return this.html(fillIn(page, own))
  return this.header('content-encoding', 'gzip').html(fillInCompressed(page, own))
}
