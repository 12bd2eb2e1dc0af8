import createDOMPurify, { type Config, type DOMPurify } from 'dompurify'
import { JSDOM } from 'jsdom'

/** A document keeps some memory for each text that went through it, so a fresh one is taken now and then. */
const TEXTS_PER_DOCUMENT = 2_000

const TAGS = [
  ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'kbd', 'samp', 'var'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'q', 'cite', 'abbr', 'dfn'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ...['a', 'img', 'input', 'details', 'summary', 'section', 'time', 'bdi', 'bdo', 'ruby', 'rt', 'rp'],
]
const ADDRESSES = ['href', 'src']
const OTHER_ATTRIBUTES = [
  ...['alt', 'title', 'lang', 'dir', 'id', 'type', 'checked', 'disabled', 'start', 'reversed', 'value'],
  ...['colspan', 'rowspan', 'align', 'open', 'datetime', 'data-footnotes'],
]

const ALLOWED: Config = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: [...ADDRESSES, ...OTHER_ATTRIBUTES],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // Web pages, mail, and places on this site; not `//elsewhere`, whose scheme would be the page's.
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:|\/(?![/\\])|#)/i,
  ADD_URI_SAFE_ATTR: OTHER_ATTRIBUTES,
  RETURN_DOM_FRAGMENT: true,
}

let purify = freshPurifier()
let texts = 0

function freshPurifier(): DOMPurify {
  return createDOMPurify(new JSDOM('').window)
}

/** What is allowed of a text's HTML, as a fragment that can be worked on without making text into tags again. */
export function sanitise(html: string): DocumentFragment {
  texts += 1
  if (texts % TEXTS_PER_DOCUMENT === 0) purify = freshPurifier()
  return purify.sanitize(html, { ...ALLOWED, RETURN_DOM_FRAGMENT: true })
}
