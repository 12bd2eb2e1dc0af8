import { JSDOM } from 'jsdom'
import type { Html } from '../../src/platform/text/html.ts'

const { DOMParser, FormData } = new JSDOM('').window

/** What a browser makes of a page. */
export const parsed = (page: string | Html): Document => new DOMParser().parseFromString(page.toString(), 'text/html')

/** What a form of a page would send as it stands. */
export const formData = (form: HTMLFormElement): FormData => new FormData(form)
