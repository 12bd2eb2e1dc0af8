import type { KeptForm } from '../../src/platform/http/forms/kept-form.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { field, fieldAttributes, textField } from '../parts/field.ts'
import { scriptWords } from '../parts/script-words.ts'
import { holdsText, TYPED_FIELDS } from '../parts/typed-fields.ts'
import { COMPOSING } from '../threads/compose.ts'

const LONG = ['body', 'biography']

/**
 * Shows a kept form after the login, to check and send it.
 * @param kept with the page it comes from, because a form of a single button does not show what it does.
 */
export function keptFormPage(page: Page, kept: KeptForm & { from: string }): Html {
  const { t } = page
  return layout(
    page,
    { title: t('accounts.welcome_back'), unlisted: true, writing: 'kept' },
    html`<h1 class="kept-form">${t('accounts.welcome_back')}</h1>${notDone(page, kept)}${keptFormFields(page, kept)}`,
  )
}

function notDone({ t }: Page, { fields, from }: KeptForm & { from: string }): Html {
  if (holdsText(fields)) return html``
  return html`<p class="lead">${t('accounts.not_done')} <a href="${from}">${t('accounts.where_asked')}</a></p>`
}

/** All typed fields of a form, whichever form of the forum it was. */
export function keptFormFields(page: Page, kept: KeptForm): Html {
  const { t } = page
  const fieldsHtml = kept.fields
    .filter(([name]) => name !== 'preview')
    .map(([name, value]) => keptField(page, name, value))
  // The writing scripts would take over the form. Without a text, the browser should send it.
  const written = holdsText(kept.fields)
  const writingHtml = written
    ? html` class="compose" data-words="${scriptWords(page, COMPOSING)}"`
    : html` class="sheet"`
  return html`<form method="post" action="${kept.action}" id="kept"${writingHtml}>
${fieldsHtml}
<p class="buttons"><button class="main">${t(written ? 'errors.send_again' : 'errors.try_again')}</button></p>
</form>`
}

function keptField({ t }: Page, name: string, value: string): Html {
  const key = TYPED_FIELDS.get(name)
  if (!key) return html`<input type="hidden" name="${name}" value="${value}">`
  if (!LONG.includes(name)) return textField({ name, label: t(key), value })
  return field(
    { name, label: t(key) },
    html`<textarea ${fieldAttributes({ name, label: t(key) })} rows="10" dir="auto">
${value}</textarea>`,
  )
}

/** The typed texts, to be copied. */
export function keptTexts({ t }: Page, { fields }: KeptForm): Html {
  const texts = fields.flatMap(([name, value]) => {
    const key = TYPED_FIELDS.get(name)
    return key && value ? [{ name, value, label: t(key) }] : []
  })
  return html`<div class="sheet">${texts.map(({ name, value, label }) =>
    field(
      { name, label },
      html`<textarea ${fieldAttributes({ name, label })} rows="${LONG.includes(name) ? 10 : 2}" dir="auto" readonly>
${value}</textarea>`,
    ),
  )}</div>`
}
