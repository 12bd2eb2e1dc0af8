import { boardPath, crossingPath, postPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Page, Wording } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { countedUpTo, MOST_NOTIFICATIONS } from '../parts/counted.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberName } from '../parts/member-link.ts'
import { time } from '../parts/time.ts'

/** One notification, or several of the same kind. */
export interface NotificationLine {
  ids: number[]
  kind: 'answer' | 'mention' | 'reply' | 'thread' | 'moderated'
  thread: { id: number; slug: string; title: string; language: string; boardIds?: readonly number[] }
  /** The number of the first post that it is about. */
  number: number
  /** For new threads: the watched board, or the city of a watched crossing. */
  board: (LinkedBoard & { id: number }) | null
  /** For new threads in a watched crossing: its technology. */
  technology: (LinkedBoard & { id: number }) | null
  count: number
  at: Date
  author: MemberName
  /** How the post begins; empty when the thread's title is enough. */
  excerpt: string
  excerptLanguage: string
  /** Whether the thread can no longer be read. */
  gone: boolean
}

export function notificationLine(page: Page, line: NotificationLine): Html {
  return html`<p>${sentence(page, line)}</p>
${line.excerpt && line.count === 1 ? html`<p class="excerpt" dir="auto"${languageMark(line.excerptLanguage, page)}>${line.excerpt}</p>` : ''}
<p class="about">${time(line.at, page)}</p>`
}

/** What happened, and where. */
function sentence(page: Page, line: NotificationLine): Html {
  const { t } = page
  const { kind, thread, number, board, count } = line
  if (kind === 'thread' && board && count > 1) {
    return html`${several(page, line)} <a href="${placePath(line)}">${placeName(page, line)}</a>`
  }
  // Leads the author to the case, where they see what was decided.
  const placeHtml =
    line.gone && kind !== 'moderated'
      ? html`<bdi>${thread.title}</bdi>`
      : html`<a href="${postPath(thread, number)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a>`
  if (kind === 'thread') return html`${t('notifications.thread', { board: placeName(page, line) })} ${placeHtml}`
  if (kind === 'moderated') return html`${t('notifications.moderated', { number })} ${placeHtml}`
  if (count === 1)
    return html`<bdi><b>${memberName(page, line.author)}</b></bdi> ${t(`notifications.${kind}`)} ${placeHtml}`
  return html`${several(page, line)} ${placeHtml}`
}

type Place = Pick<NotificationLine, 'board' | 'technology'>

/** «Marseille», or «Marseille × Drones». */
export function placeName({ t, language }: Wording, { board, technology }: Place): string {
  const name = worded(board?.name ?? {}, language)
  return technology ? t('map.crossing', { city: name, technology: worded(technology.name, language) }) : name
}

/** The page that lists its new threads. */
export function placePath({ board, technology }: Place): string {
  if (!board) return '/'
  return technology ? crossingPath(board, technology) : `${boardPath(board)}?sort=new`
}

/** The number of such events. */
export function several(wording: Wording, { kind, count }: Pick<NotificationLine, 'kind' | 'count'>): string {
  return kind === 'moderated' ? '' : countedUpTo(wording, MOST_NOTIFICATIONS, MANY[kind], count)
}

const MANY = {
  answer: 'notifications.answers',
  mention: 'notifications.mentions',
  reply: 'notifications.replies',
  thread: 'notifications.threads',
} as const
