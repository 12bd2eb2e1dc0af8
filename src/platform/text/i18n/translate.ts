import i18next, { type ParseKeys } from 'i18next'
import en from '../../../i18n/en.json' with { type: 'json' }
import fr from '../../../i18n/fr.json' with { type: 'json' }
import { showNumber } from './formats.ts'
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from './languages.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof fr }
  }
}

/** A key of the catalogues: a misspelt one does not compile. */
export type MessageKey = ParseKeys
export type MessageValues = Record<string, string | number>
export type Translate = (key: MessageKey, values?: MessageValues) => string

const catalogues: Record<Language, typeof fr> = { fr, en }

const i18n = i18next.createInstance()
await i18n.init({
  lng: DEFAULT_LANGUAGE,
  fallbackLng: DEFAULT_LANGUAGE,
  supportedLngs: LANGUAGES,
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: catalogues[language] }])),
  // Templates escape what they insert, so escaping here would do it twice.
  interpolation: { escapeValue: false },
})

const translators = new Map(LANGUAGES.map((language) => [language, remembering(language)]))

/** The function that gives the messages of one language. */
export function translator(language: Language): Translate {
  return translators.get(language) ?? remembering(language)
}

/** A message as what stands between the values, and the names of the values. */
type Pattern = { texts: string[]; names: string[] }

/**
 * The library finds a message and the form of it that goes with a number; that is remembered, because the same few
 * messages stand many times on every page, and only what is filled in differs.
 */
function remembering(language: Language): Translate {
  const t = i18n.getFixedT(language)
  const plural = new Intl.PluralRules(language)
  const patterns = new Map<string, Pattern>()
  return (key, values) => {
    const count = values?.count
    const form = typeof count === 'number' ? `${key} ${count === 0 ? 'zero' : plural.select(count)}` : key
    let pattern = patterns.get(form)
    if (!pattern) {
      pattern = takeApart(t(key, { ...(count === undefined ? {} : { count: Number(count) }), skipInterpolation: true }))
      patterns.set(form, pattern)
    }
    return fillIn(pattern, typeof count === 'number' ? { ...values, count: showNumber(count, language) } : values)
  }
}

function takeApart(message: string): Pattern {
  const parts = message.split(/\{\{(\w+)\}\}/)
  return { texts: parts.filter((_, index) => index % 2 === 0), names: parts.filter((_, index) => index % 2 === 1) }
}

function fillIn({ texts, names }: Pattern, values: MessageValues = {}): string {
  let filled = texts[0] ?? ''
  for (const [index, name] of names.entries()) filled += `${values[name] ?? ''}${texts[index + 1] ?? ''}`
  return filled
}
