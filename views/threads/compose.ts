import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { field, fieldAttributes } from '../parts/field.ts'

export interface Composition {
  body: string
  problem?: string | undefined
  /** What the sending button says. */
  action: string
  /** What the post would look like; null before anybody asked. */
  previewHtml: Html | null
  /** Where the cursor begins. */
  autofocus?: boolean
}

/** What the scripts that help with writing have to say. */
export const COMPOSING = [
  'script.draft_found',
  'script.draft_forget',
  'script.another_draft',
  'script.draft_take',
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
  'posts.preview',
] as const

/** The field that posts are written in, with its preview and its two buttons: look first, or send. */
export function composition({ t }: Page, { body, problem, action, previewHtml, autofocus }: Composition): Html {
  const shown = { name: 'body', label: t('posts.body'), hint: t('posts.body_hint'), problem }
  return html`${previewHtml === null ? '' : preview(t('posts.preview'), previewHtml)}
${field(
  shown,
  html`<textarea ${fieldAttributes(shown)} rows="8" required dir="auto"${autofocus || problem ? ' autofocus' : ''}>
${body}</textarea>`,
)}
${help({ t })}
<p class="buttons"><button class="main">${action}</button> <button name="preview" value="1">${t('posts.show_preview')}</button></p>`
}

function preview(title: string, previewHtml: Html): Html {
  return html`<section class="preview" aria-label="${title}"><h2>${title}</h2><div class="prose" dir="auto">${previewHtml}</div></section>`
}

/** The few signs that most people need, one line each. */
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
<dl>${signs.map(([sign, meaning]) => html`<div><dt><code>${sign}</code></dt><dd>${meaning}</dd></div>`)}</dl></details>`
}
