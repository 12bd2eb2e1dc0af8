import { withFrenchSpaces } from '../markdown/french-spaces.ts'
import { DEFAULT_LANGUAGE, type Language } from './languages.ts'

/** A text that exists in some of the forum's languages, like the name of a board. */
export type Worded = Partial<Record<Language, string>>

/** The text in that language, or in the default one where it has not been translated. */
export function worded(text: Worded, language: Language): string {
  return text[language] ?? text[DEFAULT_LANGUAGE] ?? Object.values(text)[0] ?? ''
}

/** The same for a sentence: in French, with its spaces. */
export function wordedSentence(text: Worded, language: Language): string {
  const sentence = worded(text, language)
  return sentence !== '' && sentence === text.fr ? withFrenchSpaces(sentence) : sentence
}
