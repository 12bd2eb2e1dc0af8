import { memberPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Wording } from '../page.ts'

/** On a member's page, for admins: makes a link for a member who cannot log in any more. */
export const rescueMember = ({ t }: Wording, username: string): Html =>
  html`<details><summary>${t('rescue.title')}</summary>
<form method="post" action="${memberPath(username)}/rescue" class="sheet"><p>${t('rescue.lead')}</p>
<p class="buttons"><button>${t('rescue.do')}</button></p></form></details>`
