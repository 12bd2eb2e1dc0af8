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
  const button = (verb: 'lock' | 'unlock' | 'restore') =>
    html`<form method="post" action="/threads/${id}/${verb}"><button>${t(`threads.${verb}`)}</button></form>`
  return html`<details class="moderate"><summary>${t('roles.moderator')}</summary>
<div class="buttons">
${button(lockedAt ? 'unlock' : 'lock')}
${removedAt ? '' : html`<a class="button" href="/threads/${id}/move">${t('threads.move')}</a>`}
${removedAt && !emptied ? button('restore') : ''}
</div>
${
  removedAt && !emptied
    ? ''
    : html`<form method="post" action="/threads/${id}/remove"><label>${t('posts.reason_hint')} <input name="reason" maxlength="${LONGEST_REASON}" dir="auto"></label> <button>${t('threads.remove')}</button></form>`
}</details>`
}
