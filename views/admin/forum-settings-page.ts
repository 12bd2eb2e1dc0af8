import { type Html, html } from '../../src/platform/text/html.ts'
import { asLanguage, LANGUAGES } from '../../src/platform/text/i18n/languages.ts'
import { nameOf } from '../../src/platform/text/i18n/translate.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { type Field, field, fieldAttributes } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { PAGE_NAMES, type PageName } from '../parts/page-names.ts'
import { time } from '../parts/time.ts'
import { adminTabs } from './admin-tabs.ts'

export type SettingKey =
  | 'name'
  | 'tagline'
  | 'welcome'
  | 'registration'
  | 'approve_first_posts'
  | 'newcomer_days'
  | 'newcomer_posts'
  | 'newcomer_links'
  | 'newcomer_mentions'
  | 'newcomer_threads'
  | 'suspect_points'
  | 'newcomers_read_only_hours'
  | 'blocked_words'
  | 'staff_second_factor'
  | 'search_engines'
  | 'languages'
  | 'digest_rhythm'
  | 'digest_hour'
  | 'signal'
  | 'fetch_links'
  | PageName

type SettingChoice =
  | ('open' | 'approval' | 'invitation' | 'closed')
  | ('on' | 'off')
  | ('hourly' | 'daily' | 'weekly' | 'never')

export interface SettingField {
  /** Its key in the catalogue. */
  key: SettingKey
  /** The name of the form field. */
  name: string
  kind: 'line' | 'text' | 'count' | 'choice' | 'languages'
  value: string
  /** The language, for a setting with one text in each. */
  language?: string
  /** In characters. */
  longest?: number
  /** The highest number. */
  most?: number
  choices?: readonly SettingChoice[]
  /** The ticked languages, for the setting of languages. */
  offered?: readonly string[]
  /** When the setting ends by itself. */
  until?: Date | null
}

export interface ForumSettingsPage {
  fields: SettingField[]
  saved: boolean
  messages: FieldMessages
}

/** The settings that an admin changes while the forum runs. */
export function forumSettingsPage(page: Page, { fields, saved, messages }: ForumSettingsPage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('admin.settings'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'settings')}
${saved ? html`<p class="notice" role="status">${t('accounts.saved')}</p>` : ''}
<form method="post" action="/admin/settings" class="sheet">
${formProblems(
  page,
  messages,
  fields.map(({ name }) => name),
)}
${fields.filter(({ key }) => !isOfPage(key)).map((one) => settingField(page, one, messages[one.name]))}
<fieldset class="page-texts"><legend>${t('forum_settings.pages')}</legend>
<p class="hint">${t('forum_settings.pages_hint')}</p>
${PAGE_NAMES.map((name) => pageFields(page, name, fields, messages))}</fieldset>
<p class="buttons"><button class="main">${t('accounts.save')}</button></p>
</form>`,
  )
}

const isOfPage = (key: SettingKey): boolean => PAGE_NAMES.some((name) => name === key)

/** The texts of one page, folded because they are long. */
function pageFields(
  page: Page,
  name: PageName,
  fields: ForumSettingsPage['fields'],
  messages: ForumSettingsPage['messages'],
): Html {
  const own = fields.filter(({ key }) => key === name)
  const open = own.some((one) => messages[one.name])
  return html`<details id="page-${name}"${open ? ' open' : ''}><summary>${page.t(`page_names.${name}`)}</summary>
${own.map((one) => settingField(page, one, messages[one.name]))}</details>`
}

function settingField(page: Page, setting: SettingField, problem: string | undefined): Html {
  const { t } = page
  const { key, name, kind, language, until } = setting
  const label = t(`forum_settings.${key}`)
  const shown = {
    name,
    label: language === undefined ? label : `${label} (${nameOf(asLanguage(language))})`,
    hint: t(`forum_settings.${key}_hint`),
    problem,
  }
  if (kind === 'languages') return languageBoxes(shown, setting.offered ?? [])
  const controlHtml = kind === 'choice' ? choice(page, setting, shown) : input(setting, shown)
  if (!until) return field(shown, controlHtml)
  return field(shown, html`${controlHtml}<p class="hint">${t('forum_settings.until')} ${time(until, page)}</p>`)
}

/** Boxes for languages. A hidden field says that they were shown, because a browser sends nothing for empty boxes. */
const languageBoxes = ({ name, label, hint, problem }: Field, offered: readonly string[]): Html =>
  html`<fieldset class="field" id="field-${name}" tabindex="-1"${problem ? html` aria-describedby="${name}-problem" autofocus` : ''}><legend>${label}</legend>
<input type="hidden" name="${name}_asked" value="1">
${hint ? html`<p class="hint">${hint}</p>` : ''}
${problem ? html`<p class="problem" id="${name}-problem">${problem}</p>` : ''}
${LANGUAGES.map((code) => html`<label><input type="checkbox" name="${name}" value="${code}"${offered.includes(code) ? ' checked' : ''}> ${nameOf(code)}</label> `)}</fieldset>`

function input({ kind, value, longest, language, most }: SettingField, shown: Field): Html {
  const of = html`${fieldAttributes(shown)}${longest ? html` maxlength="${longest}"` : ''}${language ? html` lang="${language}"` : ''}`
  if (kind === 'count')
    return html`<input ${of} type="number" min="0"${most === undefined ? '' : html` max="${most}"`} step="1" inputmode="numeric" value="${value}">`
  if (kind === 'line') return html`<input ${of} type="text" value="${value}" autocomplete="off" dir="auto">`
  return html`<textarea ${of} rows="5" dir="auto">
${value}</textarea>`
}

const choice = ({ t }: Page, { choices = [], value }: SettingField, shown: Field): Html =>
  html`<select ${fieldAttributes(shown)}>${choices.map(
    (one) =>
      html`<option value="${one}"${one === value ? ' selected' : ''}>${t(`forum_settings.choice_${one}`)}</option>`,
  )}</select>`
