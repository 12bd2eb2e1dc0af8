import { CATALOGUES } from './catalogues.ts'

declare const CHECKED: unique symbol

/** A language that the forum speaks, by its code (BCP 47). */
export type Language = 'fr' | 'en' | (string & { readonly [CHECKED]: true })

export const DEFAULT_LANGUAGE: Language = 'fr'

/** Whether a value is a language that the forum speaks. */
export const isLanguage = (value: unknown): value is Language => typeof value === 'string' && CATALOGUES.has(value)

/** The language of that code, the default one where the forum does not speak it. */
export const asLanguage = (value: unknown): Language => (isLanguage(value) ? value : DEFAULT_LANGUAGE)

/** All that it speaks, the default one first: each has a catalogue of its name in `src/i18n`. */
export const LANGUAGES: readonly Language[] = [
  DEFAULT_LANGUAGE,
  ...[...CATALOGUES.keys()].filter(isLanguage).filter((language) => language !== DEFAULT_LANGUAGE),
]

/**
 * The language that a browser prefers, by `Accept-Language` (RFC 9110, 12.5.4); French where it names none of ours.
 */
export function preferredLanguage(header: string | undefined): Language {
  const known = preferred.get(header)
  if (known) return known
  // Browsers send few different ones; whoever sends many is not remembered.
  if (preferred.size > 1_000) preferred.clear()
  const language = readPreference(header)
  preferred.set(header, language)
  return language
}

const preferred = new Map<string | undefined, Language>()

function readPreference(header: string | undefined): Language {
  const ranges = (header ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean)
    return { language: tag.split('-')[0], quality: Number(quality ?? 1) }
  })
  const best = ranges
    .filter(({ language, quality }) => isLanguage(language) && quality > 0)
    .sort((one, other) => other.quality - one.quality)[0]?.language
  return asLanguage(best)
}
