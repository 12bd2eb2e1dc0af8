import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { CaseKind, CaseReason, FlagReason } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { time } from '../parts/time.ts'

export interface QueueLine {
  id: number
  kind: CaseKind
  openedAt: Date
  flagCount: number
  /** Whether many members have flagged it. */
  heavy: boolean
  escalated: boolean
  claimedBy: string | null
  member: string | null
  thread: string | null
  threadLanguage: string | null
  number: number | null
  excerpt: string | null
  language: string | null
  reasons: readonly FlagReason[]
  /** Why the forum itself opened the case. */
  opened: readonly CaseReason[] | null
}

export interface QueuePage {
  cases: readonly QueueLine[]
  /** The last case of this page; null at the end. */
  next: number | null
}

/** The queue of open cases. */
export function queuePage(page: Page, { cases, next }: QueuePage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('cases.title'), unlisted: true, kind: 'queue' },
    html`<h1>${t('cases.title')}</h1>
${cases.length > 0 ? html`<p class="lead">${t('cases.lead')}</p>` : html`<p class="empty">${t('cases.none')}</p>`}
<ol class="threads cases" role="list">${cases.map((line) => queueLine(page, line))}</ol>
${next === null ? '' : html`<nav class="pages" aria-label="${t('pages.label')}"><ol><li><a href="/moderation?after=${next}" rel="next">${t('pages.next')}</a></li></ol></nav>`}`,
  )
}

function queueLine(page: Page, line: QueueLine): Html {
  const { t } = page
  const { id, kind, excerpt, member, flagCount } = line
  return html`<li class="thread" data-case="${id}">
<h2><a href="/moderation/cases/${id}">${t(`cases.kind_${kind}`)}${titleOf(page, line)}</a></h2>
${excerpt ? html`<p class="excerpt" dir="auto"${line.language ? languageMark(line.language, page) : ''}>${excerpt}</p>` : ''}
<p class="about">${member ? html`<span>${t('cases.by')} <bdi>${member}</bdi></span> ` : ''}${flagCount > 0 ? html`<span>${t('cases.flags', { count: flagCount, shown: showNumber(flagCount, page.language) })} (${line.reasons.map((reason) => t(`flags.${reason}`)).join(', ')})</span> ` : ''}${(line.opened ?? []).map((reason) => html`<span>${t(`cases.reason_${reason}`)}</span> `)}<span>${time(line.openedAt, page)}</span>${marks(page, line)}</p>
</li>`
}

function titleOf(page: Page, { thread, threadLanguage, number }: QueueLine): Html {
  if (thread === null || number === null) return html``
  return html` · ${page.t('cases.post_in', { number })} <span dir="auto"${languageMark(threadLanguage ?? page.language, page)}>${thread}</span>`
}

function marks({ t }: Page, { heavy, escalated, claimedBy }: QueueLine): Html {
  const said = [
    heavy ? t('cases.heavy') : '',
    escalated ? t('cases.escalated') : '',
    claimedBy === null ? '' : t('cases.claimed', { name: claimedBy }),
  ].filter(Boolean)
  return html`${said.map((mark) => html` <span class="role">${mark}</span>`)}`
}
