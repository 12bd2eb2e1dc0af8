import { type Static, Type } from 'typebox'
import { ownText } from '../../forum/administration/page-texts.ts'
import { PAGE_TEXTS, type PageText, type Settings } from '../../forum/settings.ts'
import { invalidField } from '../../platform/problem.ts'
import { isLanguage, LANGUAGES } from '../../platform/text/i18n/languages.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import { REGISTRATIONS, RHYTHMS } from '../../schema/enums.ts'
import { isReadable } from '../colours.ts'
import { LONGEST, LONGEST_READ_ONLY_HOURS } from './setting-fields.ts'

const inEachLanguage = <Shape>(name: string, shape: Shape): Record<string, Shape> =>
  Object.fromEntries(LANGUAGES.map((language) => [`${name}_${language}`, shape]))
const optionalText = (maxLength: number) => Type.Optional(Type.String({ maxLength }))
const optionalCount = (maximum: number) => Type.Optional(Type.Integer({ minimum: 0, maximum }))
const OnOff = Type.Optional(Type.Enum(['on', 'off']))

/** A missing field keeps its value, so that a script can change one setting alone. */
export const SentForumSettings = Type.Object({
  name: optionalText(LONGEST.name),
  ...inEachLanguage('tagline', optionalText(LONGEST.tagline)),
  ...inEachLanguage('welcome', optionalText(LONGEST.welcome)),
  ...inEachLanguage('about', optionalText(LONGEST.page)),
  ...inEachLanguage('rules', optionalText(LONGEST.page)),
  ...inEachLanguage('help', optionalText(LONGEST.page)),
  ...inEachLanguage('contact', optionalText(LONGEST.page)),
  ...inEachLanguage('legal', optionalText(LONGEST.page)),
  ...inEachLanguage('privacy', optionalText(LONGEST.page)),
  registration: Type.Optional(Type.Enum([...REGISTRATIONS])),
  approve_first_posts: optionalCount(100),
  fetch_links: OnOff,
  newcomer_days: optionalCount(365),
  newcomer_posts: optionalCount(1_000),
  newcomer_links: optionalCount(1_000),
  newcomer_mentions: optionalCount(1_000),
  newcomer_threads: optionalCount(1_000),
  suspect_points: optionalCount(1_000),
  /** One word on each line. */
  blocked_words: optionalText(LONGEST.words),
  /** Hours from now on; 0 lets newcomers write. */
  newcomers_read_only_hours: Type.Optional(
    Type.Union([Type.Integer({ minimum: 0, maximum: LONGEST_READ_ONLY_HOURS }), Type.Literal('')]),
  ),
  staff_second_factor: OnOff,
  search_engines: OnOff,
  languages: Type.Optional(
    Type.Union([Type.Enum([...LANGUAGES]), Type.Array(Type.Enum([...LANGUAGES]), { minItems: 1 })]),
  ),
  digest_rhythm: Type.Optional(Type.Enum([...RHYTHMS])),
  digest_hour: optionalCount(23),
  /** Empty: the default colour. */
  signal: Type.Optional(Type.String({ pattern: '^(#[0-9A-Fa-f]{6})?$' })),
})
type Sent = Static<typeof SentForumSettings>

/**
 * The changes that a form asks for.
 * @throws Problem 422 for a colour in which text would be too pale to read.
 */
export function changesIn(sent: Sent, now: Settings): Partial<Settings> {
  const { newcomers_read_only_hours: hours, blocked_words: words, languages, signal } = sent
  if (signal && !isReadable(signal)) throw invalidField('signal', 'forum_settings.too_pale')
  const given = {
    name: sent.name?.trim(),
    tagline: wordedIn(sent, 'tagline', now.tagline),
    welcome: wordedIn(sent, 'welcome', now.welcome),
    ...Object.fromEntries(PAGE_TEXTS.map((name) => [name, pageTextIn(sent, name, now[name])])),
    registration: sent.registration,
    approve_first_posts: sent.approve_first_posts,
    fetch_links: onOff(sent.fetch_links),
    newcomer_days: sent.newcomer_days,
    newcomer_posts: sent.newcomer_posts,
    newcomer_links: sent.newcomer_links,
    newcomer_mentions: sent.newcomer_mentions,
    newcomer_threads: sent.newcomer_threads,
    suspect_points: sent.suspect_points,
    blocked_words: words
      ?.split('\n')
      .map((word) => word.trim())
      .filter(Boolean),
    newcomers_read_only_until: typeof hours === 'number' ? hoursFromNow(hours) : undefined,
    staff_second_factor: onOff(sent.staff_second_factor),
    search_engines: onOff(sent.search_engines),
    // In the order of LANGUAGES, whatever the order in the form.
    languages: languages && LANGUAGES.filter((language) => [languages].flat().includes(language)),
    digest_rhythm: sent.digest_rhythm,
    digest_hour: sent.digest_hour,
    signal: signal?.toLowerCase(),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

const onOff = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : value === 'on')
const hoursFromNow = (hours: number): string =>
  hours > 0 ? new Date(Date.now() + hours * 3_600_000).toISOString() : ''

/** A text in each language. A missing language keeps its text; an empty one goes back to the catalogue's. */
function wordedIn(sent: object, name: string, now: Worded): Worded | undefined {
  const given = LANGUAGES.flatMap((language): [string, string][] => {
    const text: unknown = Reflect.get(sent, `${name}_${language}`)
    return typeof text === 'string' ? [[language, text.trim()]] : []
  })
  if (given.length === 0) return undefined
  return Object.fromEntries(Object.entries({ ...now, ...Object.fromEntries(given) }).filter(([, text]) => text !== ''))
}

/** The same for the text of a page. A text equal to the default is not stored, or updates would not change it. */
function pageTextIn(sent: object, name: PageText, now: Worded): Worded | undefined {
  const given = wordedIn(sent, name, now)
  const isOwn = ([language, text]: [string, string | undefined]) =>
    isLanguage(language) && text?.replaceAll('\r', '') === ownText(name, language)
  return given && Object.fromEntries(Object.entries(given).filter((one) => !isOwn(one)))
}
