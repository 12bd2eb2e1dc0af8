import { html } from 'ghtml'
import type { Page } from '../page.ts'

/** ` lang="en"` on a text that is not in the language of its page, so that it is read out and hyphenated as its own. */
export const languageMark = (language: string, page: Pick<Page, 'language'>): string =>
  language === page.language ? '' : html` lang="${language}"`
