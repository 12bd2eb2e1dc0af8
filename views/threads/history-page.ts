import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberLink } from '../parts/member-link.ts'
import { olderLink } from '../parts/older-link.ts'
import { time } from '../parts/time.ts'
import { type Change, changes } from './changes.ts'

export interface PostHistory {
  id: number
  thread: ThreadAddress & { title: string; language: string }
  number: number
  author: string
  language: string
  editCount: number
  /** The newest first; each with what it changed in the one before it, and the oldest whole. */
  versions: Version[]
  /** The number that older ones are before; null where there are none. */
  older: number | null
  /** Whether this is one version, with all that it says. */
  whole: boolean
}

interface Version {
  number: number
  writtenAt: Date
  /** Where too much changed, or there was no time, a version is shown without marks. */
  compared: boolean
  changes: readonly Change[]
}

/** A page of a post's versions, the newest first, each as what it changed; or one of them whole. */
export function historyPage(page: Page, history: PostHistory): Html {
  const { t } = page
  const { id, thread, number, author, editCount, versions, whole } = history
  return layout(
    page,
    { title: t('history.title', { number }), unlisted: true },
    html`<header class="head">
<h1>${t('history.title', { number })}</h1>
<p class="about"><a href="${postPath(thread, number)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a> ${memberLink(author)}</p>
${editCount === 0 ? html`<p>${t('history.never_edited')}</p>` : ''}
${whole ? html`<p><a href="/posts/${id}/history?before=${(versions[0]?.number ?? 0) + 1}">${t('history.all')}</a></p>` : ''}
</header>
<ol class="versions" role="list" reversed>${versions.map((one) => version(page, history, one))}</ol>
${olderLink(page, `/posts/${id}/history`, {}, history.older === null ? null : String(history.older))}`,
  )
}

function version(
  page: Page,
  { id, language }: PostHistory,
  { number, writtenAt, compared, changes: parts }: Version,
): Html {
  const { t } = page
  const isShort = parts.some(({ kind }) => kind === 'left_out')
  return html`<li>
<h2>${number === 0 ? t('history.first') : t('history.changed')} ${time(writtenAt, page)}</h2>
${compared ? '' : html`<p class="about">${t('history.not_compared')}</p>`}
<div class="difference" dir="auto"${languageMark(language, page)}>${changes(parts, t)}</div>
${isShort ? html`<p><a href="/posts/${id}/history?version=${number}">${t('history.whole')}</a></p>` : ''}
</li>`
}
