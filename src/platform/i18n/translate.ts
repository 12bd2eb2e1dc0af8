import i18next, { type ParseKeys, type TFunction } from 'i18next'
import en from '../../i18n/en.json' with { type: 'json' }
import fr from '../../i18n/fr.json' with { type: 'json' }
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from './languages.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof fr }
  }
}

export type Translate = TFunction
/** A key of the catalogues: a misspelt one does not compile. */
export type MessageKey = ParseKeys
export type MessageValues = Record<string, string | number>

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

const translators = new Map(LANGUAGES.map((language) => [language, i18n.getFixedT(language)]))

/** The function that gives the messages of one language. */
export function translator(language: Language): Translate {
  return translators.get(language) ?? i18n.t
}
