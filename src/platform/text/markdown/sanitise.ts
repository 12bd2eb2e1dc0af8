import createDOMPurify, { type Config, type DOMPurify, type UponSanitizeAttributeHookEvent } from 'dompurify'
import { JSDOM } from 'jsdom'
import { CODE_LANGUAGE } from './highlight.ts'
import { ADDRESS, linkAddress, readable } from './link-address.ts'

/** A document keeps some memory for each text that went through it, so a fresh one is taken now and then. */
const TEXTS_PER_DOCUMENT = 2_000

/** What HTML a post may consist of. */
export const HTML_TAGS = [
  ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'kbd', 'samp', 'var'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'q', 'cite', 'abbr', 'dfn'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ...['a', 'img', 'input', 'details', 'summary', 'section', 'time', 'bdi', 'bdo', 'ruby', 'rt', 'rp'],
]

/** Attributes that one element only may have; on another, an address would be one that nobody looks at. */
const BEARERS = new Map([
  ['href', 'a'],
  ['src', 'img'],
  ['alt', 'img'],
  ['data-footnotes', 'section'],
  ['class', 'code'],
])
const OTHER_ATTRIBUTES = [
  ...['title', 'lang', 'dir', 'id', 'type', 'checked', 'disabled', 'start', 'reversed', 'value'],
  ...['colspan', 'rowspan', 'align', 'open', 'datetime'],
]

const ALLOWED: Config = {
  ALLOWED_TAGS: HTML_TAGS,
  ALLOWED_ATTR: [...BEARERS.keys(), ...OTHER_ATTRIBUTES],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: ADDRESS,
  ADD_URI_SAFE_ATTR: OTHER_ATTRIBUTES,
  RETURN_DOM_FRAGMENT: true,
}

let purify = freshPurifier()
let texts = 0

function freshPurifier(): DOMPurify {
  const purifier = createDOMPurify(new JSDOM('').window)
  // Read once: to read it for each text took a fifteenth of its time.
  purifier.setConfig(ALLOWED)
  purifier.addHook('uponSanitizeAttribute', (element, attribute) => {
    const { attrName: name } = attribute
    const bearer = BEARERS.get(name) ?? element.localName
    if (bearer !== element.localName) attribute.keepAttr = false
    else if (name === 'href' || name === 'src') keepAddress(element, attribute)
    else if (name === 'class' && !CODE_LANGUAGE.test(attribute.attrValue)) attribute.keepAttr = false
  })
  return purifier
}

/** Addresses that nobody can follow from a post, by the links and pictures that had them. */
const refused = new WeakMap<Element, string>()

/** The address that an element was written with and may not have; empty when there was none. */
export const refusedAddress = (element: Element): string => refused.get(element) ?? ''

function keepAddress(element: Element, attribute: UponSanitizeAttributeHookEvent): void {
  const written = attribute.attrValue.trim()
  const address = linkAddress(written)
  if (address === null) {
    refused.set(element, readable(written))
    // DOMPurify lets pictures have `data:` addresses; ours become links.
    attribute.keepAttr = false
  } else attribute.attrValue = address
}

/** What is allowed of a text's HTML, as a fragment that can be worked on without making text into tags again. */
export function sanitise(html: string): DocumentFragment {
  texts += 1
  if (texts % TEXTS_PER_DOCUMENT === 0) purify = freshPurifier()
  // Begun as the pages are: else a paragraph may hold a table, and a frameset stand where the body would.
  // What is to come out is said above; here it is said for the type only, and not read.
  return purify.sanitize(`<!doctype html><body>${html}`, { RETURN_DOM_FRAGMENT: true })
}
