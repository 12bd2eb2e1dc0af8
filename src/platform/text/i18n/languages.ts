/** Each language has a catalogue of its name in `src/i18n/`. */
export const LANGUAGES = ['fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export const DEFAULT_LANGUAGE: Language = 'fr'

/** Whether a value is a language that the forum speaks. */
export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value)
}

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
  return isLanguage(best) ? best : DEFAULT_LANGUAGE
}
