import { LONGEST_REASON } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'

export interface ModeratedThread {
  id: number
  lockedAt: Date | null
  removedAt: Date | null
  /** It is removed because nothing stands in it. */
  emptied: boolean
}

/** What moderators may do with a thread, folded away above it. */
export function moderateThread({ t }: Page, { id, lockedAt, removedAt, emptied }: ModeratedThread): Html {
  const lock = lockedAt ? 'unlock' : 'lock'
  const isRemoved = removedAt !== null && !emptied
  const button = (verb: 'remove' | 'restore') =>
    html`<button formaction="/threads/${id}/${verb}">${t(`threads.${verb}`)}</button>`
  return html`<details class="moderate"><summary>${t('roles.moderator')}</summary>
<form method="post" action="/threads/${id}/${lock}"><label>${t('posts.reason_hint')} <input name="reason" maxlength="${LONGEST_REASON}" dir="auto"></label>
<div class="buttons">
<button>${t(`threads.${lock}`)}</button>
${button(isRemoved ? 'restore' : 'remove')}
${removedAt ? '' : html`<a class="button" href="/threads/${id}/move">${t('threads.move')}</a>`}
</div></form>
<p><a href="/moderation/log?thread=${id}">${t('moderation.log')}</a></p></details>`
}
