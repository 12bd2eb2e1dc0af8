import { newThreadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'

/** Leads to the form for a new thread with these boards chosen. Hidden from members who may not write. */
export function newThreadButton({ t, viewer }: Page, boards: readonly { slug: string }[]): Html {
  if (viewer?.waiting || viewer?.silenced) return html``
  return html`<a class="button main" href="${newThreadPath(boards)}">${t('threads.new')}</a>`
}
