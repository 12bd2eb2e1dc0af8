import type { Language } from '../../src/platform/text/i18n/languages.ts'
import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'
import type { Wording } from '../page.ts'

/** One number for each plural form of the languages: 1 is «one», 2 is «other», a million is «many» in French. */
const SAMPLES = [0, 1, 2, 3, 5, 11, 1_000_000]
const COUNT = '{count}'

/**
 * Words for scripts, as JSON in an attribute. A text with a number has one form for each plural form, with `{count}` in
 * place of the number.
 */
export function scriptWords(wording: Wording, keys: readonly MessageKey[]): string {
  const known = made.get(keys) ?? new Map<Language, string>()
  made.set(keys, known)
  const words = known.get(wording.language) ?? makeWords(wording, keys)
  known.set(wording.language, words)
  return words
}

/** Kept, because they are the same on every page. */
const made = new WeakMap<readonly MessageKey[], Map<Language, string>>()

function makeWords({ t, language }: Wording, keys: readonly MessageKey[]): string {
  const kinds = new Intl.PluralRules(language)
  const samples = new Map(SAMPLES.map((sample) => [kinds.select(sample), sample]))
  return JSON.stringify(
    Object.fromEntries(
      keys.map((key) => {
        const one = t(key, { count: 1, shown: COUNT })
        if (!one.includes(COUNT)) return [key, one]
        return [key, Object.fromEntries([...samples].map(([kind, count]) => [kind, t(key, { count, shown: COUNT })]))]
      }),
    ),
  )
}
