import { type Html, html } from '../../src/platform/text/html.ts'
import { showMoment } from '../../src/platform/text/i18n/formats.ts'
import type { Wording } from '../page.ts'

/** A moment in words, with the exact one in `datetime`. */
export const time = (moment: Date, { language, timeZone = null }: Pick<Wording, 'language' | 'timeZone'>): Html =>
  html`<time datetime="${moment.toISOString()}">${showMoment(moment, language, timeZone)}</time>`
