import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import type { PageName } from '../parts/page-names.ts'

/** The text of a page, sanitised when it was written. */
export interface WrittenText {
  html: Html
  language: string
}

export interface TextPage {
  name: Exclude<PageName, 'privacy'>
  /** Null before an admin has written it. */
  text: WrittenText | null
  /** Whether the reader may edit it. */
  administers: boolean
}

/** A page by the admins: who runs the forum, its rules, and so on. */
export function textPage(page: Page, { name, text, administers }: TextPage): Html {
  const { t } = page
  const title = t(`page_names.${name}`)
  return layout(
    page,
    { title, canonical: `/${name}` },
    html`<header class="head"><h1>${title}</h1></header>
${text ? writtenText(page, text) : administers ? '' : html`<p class="empty">${t('texts.empty')}</p>`}
${name === 'help' ? html`<p class="for-keys"><a href="/keys">${t('keys.title')}</a></p>` : ''}
${administers ? toChange(page, name, text !== null) : ''}
${name === 'legal' ? html`<p><a href="/report" rel="nofollow">${t('report.title')}</a></p>` : ''}`,
  )
}

/** The text that an admin wrote. */
export const writtenText = (page: Page, { html: textHtml, language }: WrittenText): Html =>
  html`<div class="prose"${languageMark(language, page)}>${textHtml}</div>`

/** A link to write or edit the text. */
function toChange({ t }: Page, name: TextPage['name'], isWritten: boolean): Html {
  const linkHtml = html`<a href="/admin/settings#page-${name}">${t(isWritten ? 'texts.change' : 'texts.write')}</a>`
  if (isWritten) return html`<p class="hint">${linkHtml}</p>`
  return html`<p class="notice">${t(name === 'legal' ? 'legal.to_write' : 'texts.to_write')} ${linkHtml}</p>`
}
