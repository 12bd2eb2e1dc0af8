import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { Page } from '../page.ts'
import { accountName, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'

export interface DataPage {
  /** Between leaving and erasing. */
  daysToComeBack: number
  /** What was chosen for the posts: `keep` or `remove`. */
  posts: string
  messages: Record<string, string>
}

/** What a member may do with all that is theirs: take it along, and leave. */
export function dataPage(page: Page, shown: DataPage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('data.title'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'data')}
${leaving(page, shown)}`,
  )
}

function leaving(page: Page, { daysToComeBack, posts, messages }: DataPage): Html {
  const { t } = page
  const choice = (value: string, label: string) =>
    html`<label><input type="radio" name="posts" value="${value}"${posts === value ? ' checked' : ''}> ${label}</label>`
  return html`<section>
<h2>${t('data.leave')}</h2>
<p>${t('data.leave_lead', { days: daysToComeBack })} ${t('data.leave_name')}</p>
<form method="post" action="/settings/data/leave" class="sheet">
${formProblems(page, messages, ['posts', 'password'], null)}
<fieldset class="field" id="field-posts" tabindex="-1"${messages.posts ? html` aria-describedby="posts-problem" autofocus` : ''}>
<legend>${t('data.leave_posts')}</legend>
${messages.posts ? html`<p class="problem" id="posts-problem">${messages.posts}</p>` : ''}
${choice('keep', t('data.leave_keep'))}
${choice('remove', t('data.leave_remove'))}
</fieldset>
${accountName(page.viewer?.username ?? '')}
${textField({ name: 'password', label: t('accounts.password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.password })}
<p class="buttons"><button>${t('data.leave_do')}</button></p>
</form>
</section>`
}

/** What whoever has left is told. */
export const leftPage = (page: Page, daysToComeBack: number): Html =>
  layout(
    page,
    { title: page.t('data.left'), unlisted: true },
    html`<h1>${page.t('data.left')}</h1>
<p>${page.t('data.left_lead', { days: daysToComeBack })}</p>
<p><a class="button" href="/">${page.t('errors.home')}</a></p>`,
  )
