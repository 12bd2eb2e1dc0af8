import { type Html, html } from '../../src/platform/text/html.ts'
import { withFrenchSpaces } from '../../src/platform/text/markdown/french-spaces.ts'
import type { Wording } from '../page.ts'

/** Why moderators have taken something away; where they gave no reason, where one can ask for it. */
export const removalReason = ({ t }: Wording, reason: string | null): Html =>
  reason
    ? html`<p class="reason">${t('posts.reason')} <q dir="auto">${withFrenchSpaces(reason)}</q></p>`
    : html`<p class="reason">${t('posts.no_reason')} <a href="/contact">${t('page_names.contact')}</a></p>`
