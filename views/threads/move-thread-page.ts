import { LONGEST_REASON } from '../../src/limits.ts'
import { threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { chooseBoards } from '../parts/choose-boards.ts'
import { formProblems } from '../parts/form-problems.ts'
import { languageMark } from '../parts/language-mark.ts'

export interface MoveThread {
  thread: { id: number; slug: string; title: string; language: string }
  cities: readonly LinkedBoard[]
  technologies: readonly LinkedBoard[]
  chosen: readonly string[]
  messages: Record<string, string>
}

/** Where a moderator chooses other boards for a thread. */
export function moveThreadPage(page: Page, { thread, messages, ...choice }: MoveThread): Html {
  const { t } = page
  return layout(
    page,
    { title: t('threads.move'), unlisted: true },
    html`<h1>${t('threads.move')}</h1>
<p class="about"><a href="${threadPath(thread)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a></p>
<form method="post" action="/threads/${thread.id}/move" class="compose">
${formProblems(page, messages, ['boards'])}
${chooseBoards(page, { ...choice, problem: messages.boards })}
<label>${t('posts.reason_hint')} <input name="reason" maxlength="${LONGEST_REASON}" dir="auto"></label>
<p class="buttons"><button class="main">${t('threads.move')}</button></p>
</form>`,
  )
}
