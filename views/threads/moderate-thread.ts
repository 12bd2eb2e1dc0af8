import { LONGEST_REASON } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'

export interface ModeratedThread {
  id: number
  lockedAt: Date | null
  removedAt: Date | null
  /** Whether it was removed because no post is left. */
  emptied: boolean
}

/** What moderators may do with a thread; folded above it. */
export function moderateThread(
  page: Page,
  { id, lockedAt, removedAt, emptied }: ModeratedThread,
  boards: readonly LinkedBoard[],
): Html {
  const { t } = page
  const lock = lockedAt ? 'unlock' : 'lock'
  const isRemoved = removedAt !== null && !emptied
  const button = (verb: 'remove' | 'restore') =>
    html`<button formaction="/threads/${id}/${verb}">${t(`threads.${verb}`)}</button>`
  return html`<details class="moderate"><summary>${t('roles.moderator')}</summary>
<form method="post" action="/threads/${id}/${lock}">${noDefaultHtml}<label>${t('posts.reason_hint')} <input name="reason" maxlength="${LONGEST_REASON}" dir="auto"></label>
<div class="buttons">
<button>${t(`threads.${lock}`)}</button>
${button(isRemoved ? 'restore' : 'remove')}
${removedAt ? '' : html`<a class="button" href="/threads/${id}/move">${t('threads.move')}</a>`}
</div>
${removedAt ? '' : pinFields(page, id, boards)}
${removedAt ? '' : html`<label>${t('threads.merge_into')} <input name="into" inputmode="url" autocomplete="off"></label><button formaction="/threads/${id}/merge">${t('threads.merge')}</button>`}
</form>
<p><a href="/moderation/log?thread=${id}">${t('moderation.log')}</a></p></details>`
}

/**
 * The Enter key presses a form's first button. This disabled one does nothing; otherwise Enter in the field for merging
 * would lock the thread (WHATWG, implicit submission).
 */
const noDefaultHtml = html`<button hidden disabled></button>`

/** Pins the thread in one of its boards, or everywhere. */
function pinFields({ t, language }: Page, id: number, boards: readonly LinkedBoard[]): Html {
  return html`<label>${t('threads.pin_where')} <select name="board"><option value="">${t('threads.pin_everywhere')}</option>${boards.map(
    ({ slug, name }) => html`<option value="${slug}">${worded(name, language)}</option>`,
  )}</select></label>
<div class="buttons"><button formaction="/threads/${id}/pin">${t('threads.pin')}</button> <button formaction="/threads/${id}/unpin" class="quiet">${t('threads.unpin')}</button></div>`
}
