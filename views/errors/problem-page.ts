import type { KeptForm } from '../../src/platform/http/forms/kept-form.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { holdsText } from '../parts/typed-fields.ts'
import { keptFormFields, keptTexts } from './kept-form-page.ts'

export interface ProblemPage {
  status: number
  /** What happened, and what to do next. */
  title: string
  /** The form that could not be accepted, with what was typed. */
  kept: KeptForm | null
  /** Whether the text can only be copied, not sent. */
  onlyToCopy: boolean
  /** Another page that helps: for a missing post, its thread. */
  instead: { path: string; title: string } | null
  /** With it, admins find the failure in the log; null when it is not the forum's failure. */
  reference: string | null
}

/** What went wrong and what to do, with the text that was typed. */
export function problemPage(page: Page, { status, title, kept, onlyToCopy, instead, reference }: ProblemPage): Html {
  const { t } = page
  const [what, toDo] = inTwo(title)
  return layout(
    page,
    {
      title: String(status),
      unlisted: true,
      kind: 'problem-page',
      writing: kept && holdsText(kept.fields) && !onlyToCopy ? 'kept' : undefined,
    },
    html`<p class="kind">${status}</p>
<h1>${what}</h1>
${toDo ? html`<p class="lead">${toDo}</p>` : ''}
${instead ? html`<p class="lead"><a href="${instead.path}" dir="auto">${instead.title}</a></p>` : ''}
${kept && kept.fields.length > 0 ? keptWords(page, kept, onlyToCopy) : ''}
${reference ? html`<p class="hint">${t('errors.reference')} <code>${reference}</code></p>` : ''}
<p class="buttons"><a class="button" href="/">${t('errors.home')}</a> <a href="/cities">${t('boards.cities')}</a> <a href="/technologies">${t('boards.technologies')}</a></p>`,
  )
}

/** The first sentence is the headline, the rest a paragraph. */
function inTwo(title: string): [first: string, rest: string] {
  const end = title.indexOf('. ')
  return end < 0 ? [title, ''] : [title.slice(0, end + 1), title.slice(end + 2)]
}

function keptWords(page: Page, kept: KeptForm, onlyToCopy: boolean): Html {
  const { t } = page
  const written = holdsText(kept.fields)
  if (onlyToCopy)
    return written ? html`<section><p>${t('errors.kept_to_copy')}</p>${keptTexts(page, kept)}</section>` : html``
  return html`<section>${written ? html`<p>${t('errors.kept')}</p>` : ''}${keptFormFields(page, kept)}</section>`
}
