import { type Html, html } from '../../src/platform/text/html.ts'
import type { Wording } from '../page.ts'

/** ` lang="en"` on a text that is not in the language of its page, so that it is read out and hyphenated as its own. */
export const languageMark = (language: string, page: Pick<Wording, 'language'>): Html =>
  language === page.language ? html`` : html` lang="${language}"`
