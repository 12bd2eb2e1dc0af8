import { type Html, html } from '../../src/platform/text/html.ts'
import type { Wording } from '../page.ts'

/** The languages written from right to left, among those that a text can be in. */
const FROM_RIGHT = new Set(['ar', 'fa', 'he', 'ur'])

/**
 * The direction of a whole text: right to left for such a language, even if the text begins with a Latin name; otherwise
 * by its first letters.
 */
export const directionOf = (language: string): 'rtl' | 'auto' => (FROM_RIGHT.has(language) ? 'rtl' : 'auto')

/** ` lang="en"` for a text in another language than its page, for screen readers and hyphenation. */
export const languageMark = (language: string, page: Pick<Wording, 'language'>): Html =>
  language === page.language ? html`` : html` lang="${language}"`
