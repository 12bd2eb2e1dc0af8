import { JSDOM } from 'jsdom'

const { DOMParser } = new JSDOM('').window

/** What a browser makes of a page. */
export const parsed = (html: string): Document => new DOMParser().parseFromString(html, 'text/html')
