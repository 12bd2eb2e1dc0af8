import { html } from 'ghtml'
import type { KeptForm } from '../../src/platform/http/kept-form.ts'
import type { MessageKey } from '../../src/platform/i18n/translate.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { field, fieldAttributes, textField } from '../parts/field.ts'
import { scriptWords } from '../parts/script-words.ts'
import { COMPOSING } from '../posts/compose.ts'

/** The fields that a person types into; all others travel along unseen. */
const TYPED: Record<string, MessageKey> = {
  title: 'threads.title',
  username: 'accounts.username',
  body: 'posts.body',
  biography: 'accounts.biography',
}
const LONG = ['body', 'biography']

/**
 * After the login that came in between: the form as it was sent, to look over and send. Whose it is is said for the
 * script that keeps drafts.
 */
export function keptFormPage(page: Page, kept: KeptForm, username: string): string {
  const { t } = page
  return layout(
    page,
    { title: t('accounts.welcome_back'), unlisted: true },
    html`<h1 class="kept-form" data-member="${username}">${t('accounts.welcome_back')}</h1><p>${t('accounts.still_here')}</p>!${keptFormFields(page, kept)}`,
  )
}

/** A form with all that was typed into it, whichever of the forum's forms it was. */
export function keptFormFields(page: Page, { action, fields }: KeptForm): string {
  const { t } = page
  return html`<form method="post" action="${action}" class="compose" data-words="${scriptWords(page, COMPOSING)}">
!${fields.filter(([name]) => name !== 'preview').map(([name, value]) => keptField(page, name, value))}
<p class="buttons"><button class="main">${t('errors.send_again')}</button></p>
</form>`
}

function keptField({ t }: Page, name: string, value: string): string {
  const key = TYPED[name]
  if (!key) return html`<input type="hidden" name="${name}" value="${value}">`
  if (!LONG.includes(name)) return textField({ name, label: t(key), value })
  return field(
    { name, label: t(key) },
    html`<textarea !${fieldAttributes({ name, label: t(key) })} rows="10" dir="auto">
${value}</textarea>`,
  )
}
