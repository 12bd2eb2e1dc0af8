import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { field, fieldAttributes } from '../parts/field.ts'
import { directionOf, languageMark } from '../parts/language-mark.ts'

/** What a post would look like. */
export interface Preview {
  html: Html
  language: string
}

export interface Composition {
  /** The address of the form. */
  to: string
  body: string
  problem?: string | undefined
  /** The label of the button that sends. */
  action: string
  /** The preview; null when nobody asked for it. */
  preview: Preview | null
  /** The heading of the form says what the field is for. */
  labelHidden?: boolean
  /** Whether the cursor starts in the field. */
  autofocus?: boolean
  /** The field for the language of the text. */
  languageHtml?: Html
}

/** Words for the scripts of the writing form. */
export const COMPOSING = [
  'script.draft_found',
  'script.draft_forget',
  'script.another_draft',
  'script.draft_take',
  'script.draft_not_kept',
  'script.not_sent',
  'script.sending',
  'script.replied_meanwhile',
  'script.bold',
  'script.italic',
  'script.link',
  'script.quote',
  'script.list',
  'script.code',
  'script.people',
  'script.people_fit',
  'script.write_on',
  'script.looking',
  'posts.preview',
] as const

/** The field for a post, with its preview and two buttons: preview and send. */
export function composition(
  page: Page,
  { to, body, problem, action, preview, labelHidden = false, autofocus, languageHtml }: Composition,
): Html {
  const { t } = page
  const shown = { name: 'body', label: t('posts.body'), labelHidden, problem }
  return html`${preview ? shownPreview(page, preview) : ''}
${field(
  shown,
  html`<div class="frame"><textarea ${fieldAttributes(shown)} rows="8" required dir="auto"${autofocus && !problem ? ' autofocus' : ''}>
${body}</textarea></div>`,
)}
${help({ t })}
${page.viewer ? html`<input type="hidden" name="as" value="${page.viewer.username}">` : ''}${languageHtml ?? ''}<p class="buttons"><button class="main">${action}</button> <button name="preview" value="1" formaction="${to}#preview">${t('posts.show_preview')}</button></p>`
}

function shownPreview(page: Page, { html: bodyHtml, language }: Preview): Html {
  const title = page.t('posts.preview')
  return html`<section class="preview" id="preview" aria-label="${title}"><h2>${title}</h2><div class="prose" dir="${directionOf(language)}"${languageMark(language, page)}>${bodyHtml}</div></section>`
}

/** The Markdown that most people need, one line each. */
function help({ t }: Pick<Page, 't'>): Html {
  const signs = [
    [`**${t('markup.bold')}**`, t('markup.bold')],
    [`*${t('markup.italic')}*`, t('markup.italic')],
    [`[${t('markup.link')}](https://…)`, t('markup.link')],
    [`> ${t('markup.quote')}`, t('markup.quote')],
    [`- ${t('markup.list')}`, t('markup.list')],
    [`\`${t('markup.code')}\``, t('markup.code')],
    [`@${t('markup.name')}`, t('markup.mention')],
    ['#12', t('markup.number')],
  ]
  return html`<details class="help"><summary>${t('markup.title')}</summary>
<p>${t('posts.body_hint')}</p>
<dl>${signs.map(([sign, meaning]) => html`<div><dt><code>${sign}</code></dt><dd>${meaning}</dd></div>`)}</dl></details>`
}
