import { html } from 'ghtml'
import { LONGEST_TITLE } from '../../src/limits.ts'
import { worded } from '../../src/platform/i18n/worded.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { composition } from '../posts/compose.ts'

export interface NewThreadForm {
  title: string
  body: string
  /** Slugs of the chosen boards. */
  chosen: readonly string[]
  cities: readonly LinkedBoard[]
  technologies: readonly LinkedBoard[]
  requestId: string
  previewHtml: string | null
  messages: Record<string, string>
}

export function newThreadPage(page: Page, form: NewThreadForm): string {
  const { t } = page
  const { messages } = form
  return layout(
    page,
    { title: t('threads.new'), unlisted: true },
    html`<h1>${t('threads.new')}</h1>
<form method="post" action="/threads" class="compose" data-draft="new-thread">
!${formProblems(page, messages, ['title', 'boards', 'body'])}
<input type="hidden" name="request_id" value="${form.requestId}">
!${textField({
      name: 'title',
      label: t('threads.title'),
      hint: t('threads.title_hint'),
      value: form.title,
      longest: LONGEST_TITLE,
      required: true,
      problem: messages.title,
    })}
<fieldset class="field choose-boards"!${messages.boards ? ' aria-describedby="boards-hint boards-problem"' : ' aria-describedby="boards-hint"'}>
<legend>${t('threads.boards')}</legend>
<p class="hint" id="boards-hint">${t('threads.boards_hint')}</p>
!${messages.boards ? html`<p class="problem" id="boards-problem">${messages.boards}</p>` : ''}
<div class="board-choices">
!${choices(page, t('boards.cities'), form.cities, form.chosen)}
!${choices(page, t('boards.technologies'), form.technologies, form.chosen)}
</div>
</fieldset>
!${composition(page, { body: form.body, problem: messages.body, action: t('threads.publish'), previewHtml: form.previewHtml })}
</form>`,
  )
}

function choices({ language }: Page, title: string, boards: readonly LinkedBoard[], chosen: readonly string[]): string {
  return html`<fieldset><legend>${title}</legend>
!${boards.map(
    (board) =>
      html`<label><input type="checkbox" name="boards" value="${board.slug}"!${chosen.includes(board.slug) ? ' checked' : ''}> ${worded(board.name, language)}</label>`,
  )}</fieldset>`
}
