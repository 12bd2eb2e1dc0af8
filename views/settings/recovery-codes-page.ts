import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { Page } from '../page.ts'

/** A member's recovery codes, which are shown only this once. */
export function recoveryCodesPage(page: Page, codes: readonly string[]): Html {
  const { t } = page
  return layout(
    page,
    { title: t('second_factor.codes'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'security')}
<section>
<h2>${t('second_factor.codes')}</h2>
<p class="notice" role="status">${t('second_factor.switched_on')}</p>
<p>${t('second_factor.codes_lead')}</p>
<ul class="codes" role="list">${codes.map((code) => html`<li><code translate="no">${code}</code></li>`)}</ul>
<p class="buttons"><a class="button" href="/settings/security">${t('second_factor.codes_noted')}</a></p>
</section>`,
  )
}
