import { LONGEST_BIOGRAPHY } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { nameOf } from '../../src/platform/text/i18n/translate.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { field, fieldAttributes } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { timeZoneField } from '../parts/time-zone-field.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface SettingsForm {
  language: string
  theme: string
  /** Null for visitors, who only have the choices above. */
  biography: string | null
  /** Whether search engines may show their profile: `yes` or `no`. */
  listed: string
  /** The member's time zone; empty for the forum's. */
  timeZone: string
  /** `YYYY-MM-DD`, or empty. */
  unreadSince: string
  saved: boolean
  messages: FieldMessages
}

/** Language and look; for members also their profile. */
export function settingsPage(page: Page, form: SettingsForm): Html {
  const { t, viewer } = page
  const biography = {
    name: 'biography',
    label: t('accounts.biography'),
    hint: t('accounts.biography_hint'),
    problem: form.messages.biography,
  }
  return layout(
    page,
    { title: t('accounts.settings'), unlisted: true, writing: 'settings' },
    html`<h1>${t('accounts.settings')}</h1>
${viewer ? settingsTabs(page, 'profile') : html`<p class="notice">${t('accounts.not_logged_in')} <a href="/login?next=%2Fsettings">${t('accounts.log_in')}</a></p>`}
${form.saved ? html`<p class="notice" role="status">${t('accounts.saved')}</p>` : ''}
<form method="post" action="/settings" class="sheet" id="settings">
${formProblems(page, form.messages, ['biography', 'time_zone', 'unread_since'])}
<input type="hidden" name="next" value="/settings?saved=1">
${
  form.biography === null
    ? ''
    : field(
        biography,
        html`<textarea ${fieldAttributes(biography)} rows="5" maxlength="${LONGEST_BIOGRAPHY}" dir="auto">
${form.biography}</textarea>`,
      )
}
${
  form.biography === null
    ? ''
    : choice(
        t('accounts.listed'),
        'listed',
        form.listed,
        (['no', 'yes'] as const).map((code) => [code, t(`accounts.listed_${code}`)]),
      )
}
${choice(
  t('site.language'),
  'language',
  form.language,
  page.site.languages.map((code) => [code, nameOf(code)]),
)}
${choice(
  t('site.theme'),
  'theme',
  form.theme,
  (['auto', 'light', 'dark'] as const).map((code) => [code, t(`themes.${code}`)]),
)}
${form.biography === null ? '' : timeZoneField(page, { chosen: form.timeZone, problem: form.messages.time_zone, forums: true })}
${form.biography === null ? '' : unreadSinceField(page, form)}
<p class="buttons"><button class="main">${t('accounts.save')}</button></p>
</form>
${viewer ? html`<form method="post" action="/logout" class="leave"><button class="quiet">${t('accounts.log_out')}</button></form>` : ''}`,
  )
}

function unreadSinceField({ t }: Page, { unreadSince, messages }: SettingsForm): Html {
  const shown = {
    name: 'unread_since',
    label: t('accounts.unread_since'),
    hint: t('accounts.unread_since_hint'),
    problem: messages.unread_since,
  }
  return field(shown, html`<input ${fieldAttributes(shown)} type="date" value="${unreadSince}">`)
}

function choice(label: string, name: string, chosen: string, options: [value: string, label: string][]): Html {
  return html`<fieldset class="field"><legend>${label}</legend>${options.map(
    ([value, text]) =>
      html`<label><input type="radio" name="${name}" value="${value}"${value === chosen ? ' checked' : ''}> ${text}</label> `,
  )}</fieldset>`
}
