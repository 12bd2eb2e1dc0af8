import { html } from 'ghtml'
import { memberPath } from '../../src/paths.ts'

/** A member's name, kept apart from the direction of the text around it. */
export const memberLink = (username: string): string =>
  html`<a class="member" href="${memberPath(username)}"><bdi>${username}</bdi></a>`
