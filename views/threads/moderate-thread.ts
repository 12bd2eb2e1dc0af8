import { html } from 'ghtml'
import type { Page } from '../page.ts'

export interface ModeratedThread {
  id: number
  lockedAt: Date | null
  removedAt: Date | null
}

/** What moderators may do with a thread, folded away above it. */
export function moderateThread({ t }: Page, { id, lockedAt, removedAt }: ModeratedThread): string {
  const button = (verb: 'lock' | 'unlock' | 'remove' | 'restore') =>
    html`<form method="post" action="/threads/${id}/${verb}"><button>${t(`threads.${verb}`)}</button></form>`
  return html`<details class="moderate"><summary>${t('roles.moderator')}</summary>
<div class="buttons">
!${button(lockedAt ? 'unlock' : 'lock')}
!${removedAt ? '' : html`<a class="button" href="/threads/${id}/move">${t('threads.move')}</a>`}
!${button(removedAt ? 'restore' : 'remove')}
</div></details>`
}
