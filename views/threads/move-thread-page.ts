import { LONGEST_REASON } from '../../src/limits.ts'
import { threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { chooseBoards } from '../parts/choose-boards.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { languageMark } from '../parts/language-mark.ts'

export interface MoveThread {
  thread: { id: number; slug: string; title: string; language: string }
  cities: readonly LinkedBoard[]
  technologies: readonly LinkedBoard[]
  chosen: readonly string[]
  reason: string
  messages: FieldMessages
}

/** The page on which a moderator chooses other boards for a thread. */
export function moveThreadPage(page: Page, { thread, reason, messages, ...choice }: MoveThread): Html {
  const { t } = page
  return layout(
    page,
    { title: t('threads.move'), unlisted: true },
    html`<h1>${t('threads.move')}</h1>
<p class="about"><a href="${threadPath(thread)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a></p>
<form method="post" action="/threads/${thread.id}/move" class="compose">
${formProblems(page, messages, ['boards', 'reason'])}
${chooseBoards(page, { ...choice, problem: messages.boards })}
${textField({ name: 'reason', label: t('posts.reason_hint'), value: reason, longest: LONGEST_REASON, problem: messages.reason })}
<p class="buttons"><button class="main">${t('threads.move')}</button></p>
</form>`,
  )
}
