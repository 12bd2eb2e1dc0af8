import { threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { type ReplyForm, replyForm } from './reply-form.ts'

/** The reply form on its own page: for a preview, or with errors. */
export function replyPage(
  page: Page,
  thread: { id: number; slug: string; title: string; language: string },
  form: ReplyForm,
): Html {
  const { t } = page
  return layout(
    page,
    { title: t('posts.reply_to_thread', { title: thread.title }), unlisted: true, writing: 'reply' },
    html`<h1><a href="${threadPath(thread)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a></h1>
${replyForm(page, form)}`,
  )
}
