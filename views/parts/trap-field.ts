import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { textField } from './field.ts'

/**
 * A hidden field that only programs fill in. If it comes back filled in, it is shown with an error, because a browser
 * may have filled it in for a person.
 */
export function trapField({ t }: Page, problem: string | undefined): Html {
  const fieldHtml = textField({ name: 'website', label: t('report.website'), value: '', problem })
  return problem ? fieldHtml : html`<div class="hidden" aria-hidden="true" inert>${fieldHtml}</div>`
}
