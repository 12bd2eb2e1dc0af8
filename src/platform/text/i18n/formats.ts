import { LRUCache } from 'lru-cache'
import { LANGUAGES, type Language } from './languages.ts'
import { FORUM_TIME_ZONE, timeZoneCalled } from './time-zones.ts'

interface Formats {
  moment: Intl.DateTimeFormat
  day: Intl.DateTimeFormat
  weekday: Intl.DateTimeFormat
  dayOfWeek: Intl.DateTimeFormat
}

/** Making a format takes longer than a page. People of a forum live in few zones. */
const MOST_FORMATS = 60
const formats = new LRUCache<string, Formats>({ max: MOST_FORMATS })
const numbers = new Map(LANGUAGES.map((language) => [language, new Intl.NumberFormat(localeOf(language))]))

function localeOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language
}

/** A zone that this runtime does not know, because it was stored by a newer one, is the forum's. */
function formatsOf(language: Language, chosenZone: string | null): Formats {
  const key = `${language} ${chosenZone}`
  const known = formats.get(key)
  if (known) return known
  const locale = localeOf(language)
  const timeZone = (chosenZone === null ? null : timeZoneCalled(chosenZone)) ?? FORUM_TIME_ZONE
  const made = {
    moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone }),
    dayOfWeek: new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone }),
  }
  formats.set(key, made)
  return made
}

/** French counts the first of a month, and no other day: «1er mai». The data of `Intl` (CLDR) does not know it. */
const written = (format: Intl.DateTimeFormat, moment: Date, language: Language): string =>
  language === 'fr' ? format.format(moment).replace(/(?<!\S)1 (?=\p{L})/u, '1er ') : format.format(moment)

/**
 * «12 mars 2026, 14:05»; `datetime` attributes carry the exact moment.
 * @param timeZone whose clock; null: the forum's.
 */
export const showMoment = (moment: Date, language: Language, timeZone: string | null = null): string =>
  written(formatsOf(language, timeZone).moment, moment, language)
/** «12 mars 2026» */
export const showDay = (moment: Date, language: Language, timeZone: string | null = null): string =>
  written(formatsOf(language, timeZone).day, moment, language)
/** «jeudi 12 mars» */
export const showWeekday = (moment: Date, language: Language, timeZone: string | null = null): string =>
  written(formatsOf(language, timeZone).weekday, moment, language)

const DAY_MILLISECONDS = 86_400_000

/** A day of the last week as people name it: the nearest two by a word of their own, then by the weekday. */
export type RecentDay = { named: 'today' | 'yesterday' | 'weekday' | 'date'; day: string }

/** How a day is named after «since»: «mardi», or «12 mars 2026» where that is longer ago than a week. */
export function recentDay(moment: Date, now: Date, language: Language, timeZone: string | null = null): RecentDay {
  const { day, dayOfWeek } = formatsOf(language, timeZone)
  const isDay = (daysAgo: number) => day.format(moment) === day.format(now.getTime() - daysAgo * DAY_MILLISECONDS)
  const named = isDay(0)
    ? 'today'
    : isDay(1)
      ? 'yesterday'
      : now.getTime() - moment.getTime() < 6 * DAY_MILLISECONDS
        ? 'weekday'
        : 'date'
  return { named, day: named === 'weekday' ? dayOfWeek.format(moment) : written(day, moment, language) }
}
/** These two are made when first asked for: few pages need them. */
const months = new Map<Language, Intl.DateTimeFormat>()
const names = new Map<Language, Intl.DisplayNames>()
/** «mars 2026», for the first day of a month (UTC). */
export function showMonth(month: Date, language: Language): string {
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  const format = months.get(language) ?? new Intl.DateTimeFormat(localeOf(language), options)
  months.set(language, format)
  return format.format(month)
}
/** «anglais», for the code of a language; the code itself where it has no name. */
export function showLanguage(code: string, language: Language): string {
  const known = names.get(language) ?? new Intl.DisplayNames(language, { type: 'language' })
  names.set(language, known)
  return known.of(code) ?? code
}
/** «1 234» */
export function showNumber(number: number, language: Language): string {
  const format = numbers.get(language)
  if (!format) throw new Error(`No format of numbers for the language ${language}`)
  return format.format(number)
}
