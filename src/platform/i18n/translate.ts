import i18next, { type ParseKeys } from 'i18next'
import en from '../../i18n/en.json' with { type: 'json' }
import fr from '../../i18n/fr.json' with { type: 'json' }
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

/** Most messages have nothing to fill in, and stand many times on a page: they are looked up once. */
function remembering(language: Language): Translate {
  const t = i18n.getFixedT(language)
  const remembered = new Map<MessageKey, string>()
  return (key, values) => {
    if (values) return t(key, values)
    const known = remembered.get(key)
    if (known !== undefined) return known
    const message = t(key)
    remembered.set(key, message)
    return message
  }
}
