import { LONGEST_TITLE } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { chooseBoards } from '../parts/choose-boards.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { scriptWords } from '../parts/script-words.ts'
import { COMPOSING, composition, type Preview } from './compose.ts'

export interface NewThreadForm {
  title: string
  body: string
  /** Slugs of the chosen boards. */
  chosen: readonly string[]
  cities: readonly LinkedBoard[]
  technologies: readonly LinkedBoard[]
  requestId: string
  preview: Preview | null
  messages: FieldMessages
}

/** Words for the scripts of this form. */
const STARTING = [...COMPOSING, 'script.take_out', 'script.find_board', 'script.similar', 'threads.replies'] as const

/** The form for a new thread. */
export function newThreadPage(page: Page, form: NewThreadForm): Html {
  const { t } = page
  const { messages } = form
  return layout(
    page,
    { title: t('threads.new'), unlisted: true, writing: 'thread' },
    html`<h1>${t('threads.new')}</h1>
<form method="post" action="/threads" class="compose" id="thread" data-words="${scriptWords(page, STARTING)}">
${formProblems(page, messages, ['title', 'boards', 'body'])}
<input type="hidden" name="request_id" value="${form.requestId}">
${textField({
  name: 'title',
  label: t('threads.title'),
  hint: t('threads.title_hint'),
  value: form.title,
  longest: LONGEST_TITLE,
  required: true,
  problem: messages.title,
})}
${chooseBoards(page, { cities: form.cities, technologies: form.technologies, chosen: form.chosen, problem: messages.boards })}
${composition(page, {
  to: '/threads',
  body: form.body,
  problem: messages.body,
  action: t('threads.publish'),
  preview: form.preview,
})}
</form>`,
  )
}
