import { LONGEST_REASON } from '../../src/limits.ts'
import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { FLAG_REASONS } from '../../src/schema/enums.ts'
import type { MemberName } from '../../src/schema/members.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textArea } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberName } from '../parts/member-link.ts'
import { reasonChoice } from './reason-choice.ts'

export interface FlagPage {
  post: { id: number; number: number; author: MemberName; excerpt: string; language: string }
  thread: ThreadAddress
  /** The values that were sent, when the form comes back. */
  reason: string
  note: string
  messages: FieldMessages
}

/** The form with which a member flags a post. */
export function flagPage(page: Page, { post, thread, reason, note, messages }: FlagPage): Html {
  const { t } = page
  const title = t('flags.title', { number: post.number })
  return layout(
    page,
    { title, unlisted: true, writing: 'flag' },
    html`<h1>${title}</h1>
<blockquote class="quoted"><p><bdi><b>${memberName(page, post.author)}</b></bdi></p><p dir="auto"${languageMark(post.language, page)}>${post.excerpt}</p></blockquote>
<p class="lead">${t('flags.lead')}</p>
${formProblems(page, messages, ['reason', 'note'])}
<form method="post" action="/posts/${post.id}/flag" class="sheet" id="flag">
${reasonChoice(page, { label: t('flags.reason'), reasons: FLAG_REASONS, chosen: reason, problem: messages.reason })}
${textArea({ name: 'note', label: t('flags.note'), value: note, longest: LONGEST_REASON, problem: messages.note })}
<p class="buttons"><button class="main">${t('flags.send')}</button> <a href="${postPath(thread, post.number)}">${t('posts.back_to_thread')}</a></p>
</form>`,
  )
}
