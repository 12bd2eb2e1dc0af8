import { randomUUID } from 'node:crypto'
import { html } from 'ghtml'
import type { Page } from '../page.ts'

/** What is each member's own on a page that is printed once for many. */
export type OwnPart = 'account' | 'badge' | 'reader' | 'unread' | 'request'

/** Around the name of a blank; another one in each process, so that no text that somebody writes can hold it. */
export const BLANK = randomUUID()

/** A part of a page; where the page is being printed for many, a blank that each one's own part is put into. */
export function own(page: Page, part: OwnPart, partHtml: string): string {
  return page.blanks ? html`${BLANK}${part}${BLANK}` : partHtml
}
