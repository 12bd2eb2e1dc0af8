import { html } from '../../src/platform/text/html.ts'
import { showMoment } from '../../src/platform/text/i18n/formats.ts'
import type { Page } from '../page.ts'

/** How the main content of every page begins: see `layout.ts`. */
const MAIN = '<main id="main" tabindex="-1">'

/** A whole page that was made before, with a line that says when, and that nothing can be written just now. */
export function asLastKnown(
  markup: string,
  { t, language }: Page,
  { madeAt, toMember }: { madeAt: Date; toMember: boolean },
): string {
  const says = t('site.read_only', { moment: showMoment(madeAt, language) })
  const member = toMember ? ` ${t('site.as_visitors')}` : ''
  // The page itself may be in another language.
  const note = html`<p class="notice" role="status" lang="${language}">${says}${member}</p>`
  return markup.replace(MAIN, () => `${MAIN}\n${note}`)
}
