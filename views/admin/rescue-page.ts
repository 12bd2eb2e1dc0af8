import { memberPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

/** Shows, once, the link with which a member can log in again. */
export const rescuePage = (page: Page, { username, link }: { username: string; link: string }): Html =>
  layout(
    page,
    { title: page.t('rescue.title'), unlisted: true },
    html`<h1>${page.t('rescue.title')}</h1>
<section class="notice" role="status">
<h2>${page.t('rescue.made')}</h2>
<p>${page.t('rescue.made_lead', { name: username })}</p>
<p><code class="token" data-link="${link}">${link}</code></p>
</section>
<p class="buttons"><a class="button" href="${memberPath(username)}"><bdi>${username}</bdi></a></p>`,
  )
