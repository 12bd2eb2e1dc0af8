import { type Html, html } from '../../src/platform/text/html.ts'
import { showMoment } from '../../src/platform/text/i18n/formats.ts'
import type { Wording } from '../page.ts'

/** A moment as people write it, with the exact one for programs. */
export const time = (moment: Date, { language, timeZone = null }: Pick<Wording, 'language' | 'timeZone'>): Html =>
  html`<time datetime="${moment.toISOString()}">${showMoment(moment, language, timeZone)}</time>`
