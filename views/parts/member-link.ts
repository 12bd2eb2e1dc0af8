import { memberPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Wording } from '../page.ts'

/** What a member is called where their words stand; those of somebody who has left stay, under no name. */
export const memberName = ({ t }: Wording, name: MemberName): string => name ?? t('members.former')

/** A member's name, kept apart from the direction of the text around it. Who has left has no page to lead to. */
export const memberLink = (page: Wording, name: MemberName): Html =>
  name === null
    ? html`<span class="former">${memberName(page, name)}</span>`
    : html`<a class="member" href="${memberPath(name)}"><bdi>${name}</bdi></a>`
