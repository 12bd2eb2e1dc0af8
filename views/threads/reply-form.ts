import type { ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { FieldMessages, Page } from '../page.ts'
import { formProblems } from '../parts/form-problems.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberName } from '../parts/member-link.ts'
import { scriptWords } from '../parts/script-words.ts'
import { COMPOSING, composition, type Preview } from './compose.ts'

export interface ReplyForm {
  thread: ThreadAddress
  body: string
  /** The answered post: its number, author and excerpt. */
  answered: { number: number; author: MemberName; excerpt: string; language: string } | null
  requestId: string
  preview: Preview | null
  messages: FieldMessages
  autofocus: boolean
}

/** The form for a reply, below a thread or on its own page when it came back. */
export function replyForm(page: Page, form: ReplyForm): Html {
  const { t } = page
  const { thread, answered } = form
  return html`<form method="post" action="/threads/${thread.id}/replies" class="compose" id="reply" data-thread="${thread.id}" data-words="${scriptWords(page, COMPOSING)}">
<h2>${t('posts.your_reply')}</h2>
${formProblems(page, form.messages, ['body'])}
<input type="hidden" name="request_id" value="${form.requestId}">
${
  answered
    ? html`<p class="answering">${t('posts.answering', { number: answered.number, name: memberName(page, answered.author) })} <q dir="auto"${languageMark(answered.language, page)}>${answered.excerpt}</q>
<label><input type="checkbox" name="reply_to" value="${answered.number}" checked> ${t('posts.as_an_answer')}</label></p>`
    : ''
}
${composition(page, {
  to: `/threads/${thread.id}/replies`,
  body: form.body,
  problem: form.messages.body,
  action: t('posts.send_reply'),
  preview: form.preview,
  labelHidden: true,
  autofocus: form.autofocus,
})}
</form>`
}
