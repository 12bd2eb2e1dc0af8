import type { Database, Transaction } from '../platform/database/database.ts'
import { isLanguage, LANGUAGES, type Language } from '../platform/text/i18n/languages.ts'
import type { Worded } from '../platform/text/i18n/worded.ts'
import { REGISTRATIONS, RHYTHMS } from '../schema/enums.ts'
import { settings } from '../schema/settings.ts'
import type { Forum } from './forum.ts'

/** The pages that say who runs the forum and which rules apply. */
export const PAGE_TEXTS = ['about', 'rules', 'help', 'contact', 'legal', 'privacy'] as const
export type PageText = (typeof PAGE_TEXTS)[number]

/** The admins' texts for them in Markdown, and as HTML that was sanitised when it was saved. */
type PageTexts = { [Name in PageText | `${PageText}_html`]: Worded }

/** Settings that an admin changes while the forum runs. The environment has what a process needs to start. */
export interface Settings extends PageTexts {
  /** Empty for the catalogue's name. */
  name: string
  /** By language; the catalogue's text for a missing language. */
  tagline: Worded
  welcome: Worded
  registration: (typeof REGISTRATIONS)[number]
  /** How many first posts of a member are held; 0 for none. */
  approve_first_posts: number
  /** Whether the server may read an article that a member links to. */
  fetch_links: boolean
  /** A newcomer joined less than so many days ago, and has few posts. */
  newcomer_days: number
  /** A newcomer has fewer visible posts than this. */
  newcomer_posts: number
  /** Limits for newcomers: links in a post, mentions in a post, threads a day. */
  newcomer_links: number
  newcomer_mentions: number
  newcomer_threads: number
  /** A post with so many points is for moderators (see `SUSPICION`); 0 for none. */
  suspect_points: number
  /** A post with one of these is held. */
  blocked_words: readonly string[]
  /** Newcomers may not write before this moment (ISO 8601); empty for no such moment. */
  newcomers_read_only_until: string
  /** Moderators and admins need a second factor to act. */
  staff_second_factor: boolean
  /** Whether search engines may show the forum. */
  search_engines: boolean
  /** Languages of the pages. The first is used for readers of all other languages. */
  languages: readonly Language[]
  /** Digests of a member who has not chosen: how often, and at which hour. */
  digest_rhythm: (typeof RHYTHMS)[number]
  digest_hour: number
  /** The signal colour, `#rrggbb` on light paper; empty for the default. */
  signal: string
}

export type SettingName = keyof Settings

const forPageTexts = <Value>(value: Value) => ({
  ...{ about: value, rules: value, help: value, contact: value, legal: value, privacy: value },
  ...{ about_html: value, rules_html: value, help_html: value },
  ...{ contact_html: value, legal_html: value, privacy_html: value },
})

export const DEFAULT_SETTINGS: Settings = {
  name: '',
  tagline: {},
  welcome: {},
  ...forPageTexts<Worded>({}),
  registration: 'open',
  approve_first_posts: 0,
  fetch_links: false,
  newcomer_days: 3,
  newcomer_posts: 5,
  newcomer_links: 3,
  newcomer_mentions: 5,
  newcomer_threads: 3,
  suspect_points: 4,
  blocked_words: [],
  newcomers_read_only_until: '',
  staff_second_factor: false,
  search_engines: true,
  languages: LANGUAGES,
  digest_rhythm: 'daily',
  digest_hour: 7,
  signal: '',
}

/**
 * Points that make a post suspect. A newcomer's suspect post is held. For other members only repetition counts, and the
 * post stays visible while moderators look.
 */
export const SUSPICION = {
  /** For each of the author's last posts that says the same; and for such posts with links, from a newcomer. */
  repeats: 2,
  repeatsWithLinks: 4,
  /** For each other account that has just posted the same. */
  repeated: 2,
  /** For each link in a newcomer's posts of a day above the limit for one post. */
  link: 1,
  /** Only posts this recent are compared, and only so many of the author's and of everybody's. */
  hours: 24,
  own: 20,
  newest: 200,
  /** From which similarity, 0 to 1, two beginnings say the same (`similarity` of pg_trgm). */
  alike: 0.7,
  /** In characters. Shorter posts are often the same («Merci beaucoup !»). */
  shortest: 40,
} as const

type Check = (value: unknown) => boolean
const text: Check = (value) => typeof value === 'string'
const texts: Check = (value) => Array.isArray(value) && value.every(text)
const worded: Check = (value) =>
  Object.prototype.toString.call(value) === '[object Object]' && texts(Object.values(Object(value)))
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const flag: Check = (value) => typeof value === 'boolean'

const CHECKS: { [Name in SettingName]: Check } = {
  name: text,
  tagline: worded,
  welcome: worded,
  ...forPageTexts(worded),
  registration: (value) => REGISTRATIONS.some((known) => known === value),
  approve_first_posts: count,
  fetch_links: flag,
  newcomer_days: count,
  newcomer_posts: count,
  newcomer_links: count,
  newcomer_mentions: count,
  newcomer_threads: count,
  suspect_points: count,
  blocked_words: texts,
  newcomers_read_only_until: text,
  staff_second_factor: flag,
  search_engines: flag,
  languages: (value) => Array.isArray(value) && value.length > 0 && value.every(isLanguage),
  digest_rhythm: (value) => RHYTHMS.some((known) => known === value),
  digest_hour: (value) => count(value) && Number(value) < 24,
  signal: (value) => value === '' || /^#[0-9a-f]{6}$/.test(String(value)),
}

interface Kept {
  reading: Promise<Settings> | null
  last: Settings
}
const kept = new WeakMap<Forum, Kept>()

/**
 * The present settings. Reads them again after an event says that they changed. While the database is away, answers the
 * last known ones.
 */
export function forumSettings(forum: Forum): Promise<Settings> {
  const place = kept.get(forum) ?? keepFor(forum)
  place.reading ??= readSettings(forum).then(
    (read) => {
      place.last = read
      return read
    },
    () => {
      place.reading = null
      return place.last
    },
  )
  return place.reading
}

/** The last known settings, for code that cannot wait. */
export const lastSettings = (forum: Forum): Settings => kept.get(forum)?.last ?? DEFAULT_SETTINGS

function keepFor(forum: Forum): Kept {
  const place: Kept = { reading: null, last: DEFAULT_SETTINGS }
  kept.set(forum, place)
  forum.bus.listen(({ type }) => {
    if (type !== 'settings' && type !== 'reconnected') return
    place.reading = null
    // Reads at once, because `lastSettings` does not wait.
    void forumSettings(forum)
  })
  return place
}

/** The stored settings. A value of another version that this one does not understand gets the default. */
export async function readSettings({ database }: { database: Database | Transaction }): Promise<Settings> {
  const rows = await database.select().from(settings)
  const understood = rows.filter(({ name, value }) => isSetting(name) && CHECKS[name](value))
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(understood.map(({ name, value }) => [name, value])) }
}

/** Whether a setting of this name may have this value. */
export const mayHold = (name: string, value: unknown): name is SettingName => isSetting(name) && CHECKS[name](value)

const isSetting = (name: string): name is SettingName => Object.hasOwn(CHECKS, name)
