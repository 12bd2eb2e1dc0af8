import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { FieldMessages, Page } from '../page.ts'
import { accountName, field, fieldAttributes, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'

type ArchiveState = 'asked' | 'ready' | 'failed'

export interface DataPage {
  /** The last requested archive; null for none. */
  archive: { state: ArchiveState; size: number; until: Date } | null
  /** How many days an archive is kept. */
  daysKept: number
  /** The last login is too old, so the form asks for the password. */
  asksPassword: boolean
  /** The settings to import, as they were sent. */
  settings: string
  /** Days in which a member who left can come back. */
  daysToComeBack: number
  /** What happens to the posts: `keep` or `remove`. */
  posts: string
  messages: FieldMessages
}

/** A member's data: export, import, and leaving. */
export function dataPage(page: Page, shown: DataPage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('data.title'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'data')}
${taking(page, shown)}
${bringing(page, shown)}
${leaving(page, shown)}`,
  )
}

function taking(page: Page, { archive, daysKept, asksPassword, messages }: DataPage): Html {
  const { t, language } = page
  return html`<section>
<h2>${t('data.export')}</h2>
<p>${t('data.export_lead', { days: daysKept })}</p>
${archive ? html`<p class="notice" role="status">${says(page, archive)}</p>` : ''}
${archive?.state === 'ready' ? html`<p><a class="button main" href="/settings/data/export">${t('data.export_size', { size: showSize(archive.size, language) })}</a></p>` : ''}
${
  archive?.state === 'asked'
    ? html`<p class="buttons"><a class="button" href="/settings/data">${t('data.export_reload')}</a></p>`
    : html`<form method="post" action="/settings/data/export" class="sheet">
${asksPassword ? html`${accountName(page.viewer?.username ?? '')}${textField({ name: 'export_password', label: t('accounts.password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.export_password })}` : ''}
<p class="buttons"><button${archive ? '' : html` class="main"`}>${t(archive ? 'data.export_again' : 'data.export_ask')}</button></p>
</form>`
}
</section>`
}

function says({ t, language, timeZone }: Page, { state, until }: NonNullable<DataPage['archive']>): string {
  if (state === 'asked') return t('data.export_waits')
  if (state === 'failed') return t('data.export_failed')
  return t('data.export_ready', { day: showDay(until, language, timeZone ?? null) })
}

/** «39 ko», «12 Mo». */
function showSize(bytes: number, language: Language): string {
  const [unit, count] = bytes < 1_000_000 ? ['kilobyte', bytes / 1_000] : ['megabyte', bytes / 1_000_000]
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumSignificantDigits: 2 }).format(count)
}

function bringing(page: Page, { settings, messages }: DataPage): Html {
  const { t } = page
  const pasted = { name: 'settings', label: t('data.import_field'), problem: messages.settings }
  return html`<section>
<h2>${t('data.import')}</h2>
<p>${t('data.import_lead')}</p>
<form method="post" action="/settings/data/import" class="sheet">
${formProblems(page, messages, ['settings'], null)}
${field(pasted, html`<textarea ${fieldAttributes(pasted)} rows="4" spellcheck="false" autocapitalize="none" required>${settings}</textarea>`)}
<p class="buttons"><button>${t('data.import_do')}</button></p>
</form>
</section>`
}

/** Shown instead of an archive that is not ready or already deleted. */
export const exportPage = (page: Page, state: ArchiveState | null): Html =>
  layout(
    page,
    { title: page.t('data.export'), unlisted: true },
    html`<h1>${page.t('data.export')}</h1>
<p class="notice" role="status">${page.t(state === null ? 'data.export_none' : state === 'failed' ? 'data.export_failed' : 'data.export_waits')}</p>
<p class="buttons"><a class="button" href="${state === 'asked' ? '/settings/data/export' : '/settings/data'}">${page.t(state === 'asked' ? 'data.export_reload' : 'data.title')}</a></p>`,
  )

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
${choice('remove', t('data.leave_remove', { days: daysToComeBack }))}
</fieldset>
${accountName(page.viewer?.username ?? '')}
${textField({ name: 'password', label: t('accounts.password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.password })}
<p class="buttons"><button>${t('data.leave_do')}</button></p>
</form>
</section>`
}

/** Shown to a member who has just left. */
export const leftPage = (page: Page, daysToComeBack: number): Html =>
  layout(
    page,
    { title: page.t('data.left'), unlisted: true },
    html`<h1>${page.t('data.left')}</h1>
<p>${page.t('data.left_lead', { days: daysToComeBack })}</p>
<p class="buttons"><a class="button" href="/">${page.t('errors.home')}</a></p>`,
  )
