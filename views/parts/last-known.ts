import { html } from '../../src/platform/text/html.ts'
import { showMoment } from '../../src/platform/text/i18n/formats.ts'
import type { Page } from '../page.ts'

/** The start of the main content of every page: see `layout.ts`. */
const MAIN = '<main id="main" tabindex="-1">'

/** An older page with a line that says from when it is, and that nobody can write at the moment. */
export function asLastKnown(
  markup: string,
  { t, language }: Page,
  { madeAt, toMember }: { madeAt: Date; toMember: boolean },
): string {
  const says = t('site.read_only', { moment: showMoment(madeAt, language) })
  const member = toMember ? ` ${t('site.as_visitors')}` : ''
  // The language of the kept page may differ.
  const note = html`<p class="notice" role="status" lang="${language}">${says}${member}</p>`
  return markup.replace(MAIN, () => `${MAIN}\n${note}`)
}
