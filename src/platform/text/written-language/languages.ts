import { LANGUAGES } from '../i18n/languages.ts'

/** The codes of the languages that texts are told apart in: see `pieces.json`, which has the same. */
export const GUESSED_LANGUAGES: readonly string[] = ['fr', 'en', 'ar', 'de', 'es', 'it', 'nl', 'pt', 'ru', 'tr']

/** Those that somebody may say a text of theirs is in: what the forum speaks, and what it can guess. */
export const WRITTEN_LANGUAGES: readonly string[] = [...new Set([...LANGUAGES, ...GUESSED_LANGUAGES])]
