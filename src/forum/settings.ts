import type { Database, Transaction } from '../platform/database/database.ts'
import { isLanguage, LANGUAGES, type Language } from '../platform/text/i18n/languages.ts'
import type { Worded } from '../platform/text/i18n/worded.ts'
import { REGISTRATIONS, RHYTHMS } from '../schema/enums.ts'
import { settings } from '../schema/settings.ts'
import type { Forum } from './forum.ts'

/** The pages that say who is here and what holds here. */
export const PAGE_TEXTS = ['about', 'rules', 'help', 'contact', 'legal', 'privacy'] as const
export type PageText = (typeof PAGE_TEXTS)[number]

/** What an admin has written for them in Markdown, and as their page shows it: rendered and sanitised once, when saved. */
type PageTexts = { [Name in PageText | `${PageText}_html`]: Worded }

/** What an admin can set while the forum runs. The environment holds what a process needs to start. */
export interface Settings extends PageTexts {
  /** Empty: as the catalogue calls the forum. */
  name: string
  /** By language; the catalogue's where there is none. */
  tagline: Worded
  welcome: Worded
  registration: (typeof REGISTRATIONS)[number]
  /** So many first posts of a member wait for a moderator; 0: none do. */
  approve_first_posts: number
  /** Whether the server may read an article that a member names. */
  fetch_links: boolean
  /** A newcomer is whoever joined less than so many days ago … */
  newcomer_days: number
  /** … and has fewer posts that stand than this. */
  newcomer_posts: number
  /** What a newcomer may do at the most: links in a post, members whom it calls, threads a day. */
  newcomer_links: number
  newcomer_mentions: number
  newcomer_threads: number
  /** A post with so many points of suspicion is for moderators: see `SUSPICION`; 0: none is. */
  suspect_points: number
  /** A post with one of them waits for a moderator. */
  blocked_words: readonly string[]
  /** Newcomers cannot write before this moment (ISO 8601); empty: they can. */
  newcomers_read_only_until: string
  /** Moderators and admins act only with a second factor. */
  staff_second_factor: boolean
  /** Search engines may show the forum. */
  search_engines: boolean
  /** Those that the forum can be read in; the first stands in for the others. */
  languages: readonly Language[]
  /** How digests come until a member chooses: how often, and at which hour of the day. */
  digest_rhythm: (typeof RHYTHMS)[number]
  digest_hour: number
  /** The colour of the one thing to do, and of what is new, `#rrggbb` on light paper; empty: the forum's own. */
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
 * What makes a post suspect, in points that are added up. A newcomer's then waits for a moderator; of others only what they
 * repeat counts, and it stands while moderators look.
 */
export const SUSPICION = {
  /** For each of one's own last posts that says the same; and the same with links, from a newcomer. */
  repeats: 2,
  repeatsWithLinks: 4,
  /** For each other account that has just said the same. */
  repeated: 2,
  /** For each link of a newcomer's posts of a day, beyond those that one post may have. */
  link: 1,
  /** Only what is so new, and only so many of one's own posts, and of everybody's, are compared. */
  hours: 24,
  own: 20,
  newest: 200,
  /** How alike two beginnings are that say the same, from 0 to 1 (`similarity` of pg_trgm). */
  alike: 0.7,
  /** In characters: shorter posts are often the same («Merci beaucoup !»). */
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
 * The settings as they are now: read again when any process has said that they changed. While the database is away, as
 * they were last known.
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

/** What was last read, for who cannot wait. */
export const lastSettings = (forum: Forum): Settings => kept.get(forum)?.last ?? DEFAULT_SETTINGS

function keepFor(forum: Forum): Kept {
  const place: Kept = { reading: null, last: DEFAULT_SETTINGS }
  kept.set(forum, place)
  forum.bus.listen(({ type }) => {
    if (type !== 'settings' && type !== 'reconnected') return
    place.reading = null
    // Read now, because `lastSettings` waits for nobody.
    void forumSettings(forum)
  })
  return place
}

/** What another version of the forum has stored, and this one does not understand, is as it comes. */
export async function readSettings({ database }: { database: Database | Transaction }): Promise<Settings> {
  const rows = await database.select().from(settings)
  const understood = rows.filter(({ name, value }) => isSetting(name) && CHECKS[name](value))
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(understood.map(({ name, value }) => [name, value])) }
}

/** Whether that is a setting, and may hold this. */
export const mayHold = (name: string, value: unknown): name is SettingName => isSetting(name) && CHECKS[name](value)

const isSetting = (name: string): name is SettingName => Object.hasOwn(CHECKS, name)
