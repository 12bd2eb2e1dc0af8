import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { textField } from './field.ts'

/**
 * A field that nobody sees, and that programs fill in. Where it comes back filled in it is shown with what is wrong: a
 * browser may have filled it in for a person.
 */
export function trapField({ t }: Page, problem: string | undefined): Html {
  const fieldHtml = textField({ name: 'website', label: t('report.website'), value: '', problem })
  return problem ? fieldHtml : html`<div class="hidden" aria-hidden="true" inert>${fieldHtml}</div>`
}
