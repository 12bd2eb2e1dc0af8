import { type Html, html } from '../../src/platform/text/html.ts'
import type { MessageKey, MessageValues, Translate } from '../../src/platform/text/i18n/translate.ts'
import type { Page } from '../page.ts'

/** What a page can say was just done. */
export const DONE = [
  ...['done.welcome', 'done.welcome_admin', 'done.must_confirm', 'done.not_sent_yet'],
  ...['done.none', 'done.following', 'done.watching', 'done.muted'],
  ...['done.warn', 'done.silence', 'done.ban', 'done.lift'],
  ...['done.purge', 'done.unpurge', 'done.mute', 'done.unmute'],
  ...['done.deleted', 'done.removed', 'done.restored', 'done.board_read', 'done.notifications_read', 'done.factor_off'],
  ...['done.flagged', 'done.held', 'done.case_decided', 'done.case_escalated'],
  ...[
    'done.webhook_removed',
    'done.push_removed',
    'done.webhook_on',
    'done.webhook_again',
    'done.came_back',
    'done.imported',
  ],
  ...['done.saved', 'done.board_made', 'done.board_archived', 'done.board_unarchived', 'done.board_merged'],
  'done.board_undone',
  ...['done.pin', 'done.unpin'],
  ...['done.bookmarked', 'done.unbookmarked', 'done.noted'],
  ...['done.role_given', 'done.job_again', 'done.mail_again', 'done.test_mail', 'done.settings_undone'],
] as const satisfies readonly MessageKey[]

export interface Told {
  key: (typeof DONE)[number]
  values: MessageValues
}

type Step = [path: string, label: MessageKey]

const CHOOSE_CITY: Step = ['/cities', 'done.choose_city']
const START: Step = ['/threads/new', 'done.new_thread']

/** Suggested next steps. */
const NEXT: Partial<Record<Told['key'], Step[]>> = {
  'done.welcome': [CHOOSE_CITY, START, ['/help', 'done.read_help']],
  'done.welcome_admin': [
    ['/admin', 'done.first_steps'],
    ['/threads/new', 'done.first_thread'],
    ['/help', 'done.read_help'],
  ],
}

/** One sentence for each thing that was done, with next steps that the reader may take and has not taken. */
export function toldNotices({ t, viewer }: Pick<Page, 't' | 'viewer'>, told: readonly Told[]): Html {
  if (told.length === 0) return html``
  const follows = told.some(({ key }) => key === 'done.following')
  const next = told
    .flatMap(({ key }) => NEXT[key] ?? [])
    .filter((step) => !(follows && step === CHOOSE_CITY) && !(viewer?.waiting && step === START))
  return html`<div class="notice told" role="status">${told.map(({ key, values }) => html`<p>${t(key, values)}${whereItIs({ t }, key, values)}</p>`)}
${next.length > 0 ? html`<p>${t('done.to_begin')}</p><ul>${next.map(([path, label]) => html`<li><a href="${path}">${t(label)}</a></li>`)}</ul>` : ''}</div>`
}

/** A link back to what was decided, to check or undo it. */
function whereItIs({ t }: { t: Translate }, key: Told['key'], { id }: MessageValues): Html {
  if (key === 'done.must_confirm') return html` <a href="/settings/email">${t('done.where_address')}</a>`
  if (key === 'done.bookmarked') return html` <a href="/bookmarks">${t('bookmarks.title')}</a>`
  if (key !== 'done.case_decided' && key !== 'done.case_escalated') return html``
  return html` <a href="/moderation/cases/${Number(id)}">${t('cases.look_again')}</a>`
}
