import { memberPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'

/** A member's name, kept apart from the direction of the text around it. */
export const memberLink = (username: string): Html =>
  html`<a class="member" href="${memberPath(username)}"><bdi>${username}</bdi></a>`
