import type { SettingField, SettingKey } from '../../../views/admin/forum-settings-page.ts'
import { ownText } from '../../forum/administration/page-texts.ts'
import { PAGE_TEXTS, type Settings } from '../../forum/settings.ts'
import { LANGUAGES } from '../../platform/text/i18n/languages.ts'
import { REGISTRATIONS, RHYTHMS } from '../../schema/enums.ts'

/** In characters. */
export const LONGEST = { name: 60, tagline: 120, welcome: 2_000, page: 20_000, words: 10_000 }
export const LONGEST_READ_ONLY_HOURS = 24 * 14

/** The fields of the settings page in order, with their present values. */
export function fieldsOf(now: Settings): SettingField[] {
  return [
    line('name', now.name, LONGEST.name),
    ...LANGUAGES.map((language) => line('tagline', now.tagline[language] ?? '', LONGEST.tagline, language)),
    ...LANGUAGES.map((language) => text('welcome', now.welcome[language] ?? '', LONGEST.welcome, language)),
    { ...field('languages', 'languages', now.languages.join(' ')), offered: now.languages },
    line('signal', now.signal, 7),
    choice('registration', REGISTRATIONS, now.registration),
    count('approve_first_posts', now),
    count('newcomer_days', now),
    count('newcomer_posts', now),
    count('newcomer_links', now),
    count('newcomer_mentions', now),
    count('newcomer_threads', now),
    count('suspect_points', now),
    { ...field('newcomers_read_only_hours', 'count', ''), until: endOfReadOnly(now) },
    text('blocked_words', now.blocked_words.join('\n'), LONGEST.words),
    choice('digest_rhythm', RHYTHMS, now.digest_rhythm),
    { ...count('digest_hour', now), most: 23 },
    choice('staff_second_factor', ON_OFF, now.staff_second_factor ? 'on' : 'off'),
    choice('search_engines', ON_OFF, now.search_engines ? 'on' : 'off'),
    choice('fetch_links', ON_OFF, now.fetch_links ? 'on' : 'off'),
    ...PAGE_TEXTS.flatMap((name) =>
      LANGUAGES.map((language) => text(name, now[name][language] ?? ownText(name, language), LONGEST.page, language)),
    ),
  ]
}

const ON_OFF = ['off', 'on'] as const

const field = (key: SettingKey, kind: SettingField['kind'], value: string): SettingField => ({
  key,
  name: key,
  kind,
  value,
})

const line = (key: SettingKey, value: string, longest: number, language?: string): SettingField => ({
  ...field(key, 'line', value),
  ...named(key, language),
  longest,
})

const text = (key: SettingKey, value: string, longest: number, language?: string): SettingField => ({
  ...field(key, 'text', value),
  ...named(key, language),
  longest,
})

const named = (key: SettingKey, language: string | undefined) =>
  language === undefined ? {} : { name: `${key}_${language}`, language }

const count = (key: Extract<SettingKey, keyof Settings>, now: Settings): SettingField =>
  field(key, 'count', String(now[key]))

const choice = (key: SettingKey, choices: SettingField['choices'] & object, value: string): SettingField => ({
  ...field(key, 'choice', value),
  choices,
})

/** When newcomers may write again; null when they may now. */
function endOfReadOnly({ newcomers_read_only_until: until }: Settings): Date | null {
  const end = new Date(until)
  return end.getTime() > Date.now() ? end : null
}
