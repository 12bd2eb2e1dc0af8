import { LONGEST_TITLE } from '../../src/limits.ts'
import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { scriptWords } from '../parts/script-words.ts'
import { type WrittenLanguage, writtenLanguageField } from '../parts/written-language-field.ts'
import { type Change, changes } from './changes.ts'
import { COMPOSING, composition, type Preview } from './compose.ts'

export interface EditForm {
  post: number
  number: number
  thread: ThreadAddress & { title: string }
  /** How often the post was edited before this form was made. */
  version: number
  /** Null unless it is the first post, which has the thread's title. */
  title: string | null
  body: string
  language: WrittenLanguage
  preview: Preview | null
  messages: FieldMessages
  /** How the text differs from a version that was saved meanwhile; null without one. */
  conflict: Change[] | null
}

/** The form for editing a post, with changes that were saved meanwhile. */
export function editPage(page: Page, form: EditForm): Html {
  const { t } = page
  return layout(
    page,
    { title: t('posts.edit_number', { number: form.number }), unlisted: true, writing: 'edit' },
    html`<h1>${t('posts.edit_number', { number: form.number })}</h1>
${form.conflict ? conflictNotice(page, form.conflict) : ''}
<form method="post" action="/posts/${form.post}/edit" class="compose" id="edit" data-about="${form.thread.title}" data-thread="${form.thread.id}" data-words="${scriptWords(page, COMPOSING)}">
${formProblems(page, form.messages, ['title', 'body', 'language'])}
<input type="hidden" name="version" value="${form.version}">
${form.title === null ? '' : textField({ name: 'title', label: t('threads.title'), value: form.title, longest: LONGEST_TITLE, required: true, problem: form.messages.title })}
${composition(page, { to: `/posts/${form.post}/edit`, body: form.body, problem: form.messages.body, action: t('posts.save'), preview: form.preview, languageHtml: writtenLanguageField(page, form.language, form.messages.language) })}
<p><a href="${postPath(form.thread, form.number)}">${t('posts.leave_unchanged')}</a></p>
</form>`,
  )
}

function conflictNotice({ t }: Page, conflict: Change[]): Html {
  return html`<section class="problems" role="alert"><p>${t('posts.edited_meanwhile')}</p>
<p>${t('posts.differences')}</p><div class="difference" dir="auto">${changes(conflict, t)}</div></section>`
}
