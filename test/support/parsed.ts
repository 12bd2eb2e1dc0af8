import { JSDOM } from 'jsdom'

const { DOMParser, FormData } = new JSDOM('').window

/** What a browser makes of a page. */
export const parsed = (html: string): Document => new DOMParser().parseFromString(html, 'text/html')

/** What a form of a page would send as it stands. */
export const formData = (form: HTMLFormElement): FormData => new FormData(form)
