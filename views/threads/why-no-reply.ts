import { newThreadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import type { ThreadPage } from './thread-page.ts'

/** Instead of the reply form: the thread is locked, or how to get an account. */
export function whyNoReply(page: Page, shown: ThreadPage): Html {
  if (shown.thread.lockedAt) return html`<div id="reply"><p class="notice">${page.t('threads.locked')}</p></div>`
  return page.viewer ? whyNotWrite(page) : invitation(page, shown)
}

/**
 * Says that the member is silenced, with a link to appeal. A member who waits for approval sees that at the head of
 * every page.
 */
const whyNotWrite = ({ t, viewer }: Page): Html =>
  viewer?.silenced
    ? html`<div id="reply"><p class="notice">${t('accounts.silenced')} <a href="/notifications">${t('notifications.title')}</a> · <a href="/appeal">${t('appeals.offer')}</a></p></div>`
    : html``

function invitation({ t, here, site }: Page, { boards }: ThreadPage): Html {
  const next = encodeURIComponent(`${here}#reply`)
  return html`<section class="invitation" id="reply" aria-label="${t('posts.your_reply')}">
<p>${t('posts.sign_in_to_reply')}</p>
<p class="buttons"><a class="button main" href="/login?next=${next}">${t('accounts.log_in')}</a>
${site.registers ? html`<a class="button" href="/register?next=${next}">${t('accounts.register')}</a>` : ''}
<a href="${newThreadPath(boards)}">${t('threads.start_beside')}</a></p>
</section>`
}
