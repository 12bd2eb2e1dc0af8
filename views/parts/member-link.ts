import { memberPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Wording } from '../page.ts'

/** The name of an author; for a former member, a phrase that says so. */
export const memberName = ({ t }: Wording, name: MemberName): string => name ?? t('members.former')

/** A member's name, isolated from the direction of the text around it. A former member has no page. */
export const memberLink = (page: Wording, name: MemberName): Html =>
  name === null
    ? html`<span class="former">${memberName(page, name)}</span>`
    : html`<a class="member" href="${memberPath(name)}"><bdi>${name}</bdi></a>`
