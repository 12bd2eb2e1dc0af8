import { type Html, html } from '../../src/platform/text/html.ts'
import type { Wording } from '../page.ts'

/** Languages that are written from right to left, of those that somebody may say a text is in. */
const FROM_RIGHT = new Set(['ar', 'fa', 'he', 'ur'])

/**
 * Which way a whole text is set: as its language is where that is known to go from right to left, although it may begin
 * with a name in other letters; else as it begins.
 */
export const directionOf = (language: string): 'rtl' | 'auto' => (FROM_RIGHT.has(language) ? 'rtl' : 'auto')

/** ` lang="en"` on a text that is not in the language of its page, so that it is read out and hyphenated as its own. */
export const languageMark = (language: string, page: Pick<Wording, 'language'>): Html =>
  language === page.language ? html`` : html` lang="${language}"`
