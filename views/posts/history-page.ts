import { html } from 'ghtml'
import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberLink } from '../parts/member-link.ts'
import { time } from '../parts/time.ts'
import { type Change, changes } from './changes.ts'

export interface PostHistory {
  thread: ThreadAddress & { title: string; language: string }
  number: number
  author: string
  language: string
  /** The newest first; each with what it changed in the one before it, and the oldest whole. */
  versions: { writtenAt: Date; changes: Change[] }[]
}

/** Every version of a post, the newest first, each as what it changed. */
export function historyPage(page: Page, { thread, number, author, language, versions }: PostHistory): string {
  const { t } = page
  return layout(
    page,
    { title: t('history.title', { number }), unlisted: true },
    html`<header class="head">
<h1>${t('history.title', { number })}</h1>
<p class="about"><a href="${postPath(thread, number)}" dir="auto"!${languageMark(thread.language, page)}>${thread.title}</a> !${memberLink(author)}</p>
!${versions.length === 1 ? html`<p>${t('history.never_edited')}</p>` : ''}
</header>
<ol class="versions" role="list" reversed>!${versions.map(
      (version, index) => html`<li>
<h2>${index === versions.length - 1 ? t('history.first') : t('history.changed')} !${time(version.writtenAt, page)}</h2>
<div class="difference" dir="auto"!${languageMark(language, page)}>!${changes(version.changes, t)}</div>
</li>`,
    )}</ol>`,
  )
}
