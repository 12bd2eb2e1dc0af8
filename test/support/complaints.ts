import { onPage } from './shown.ts'

const EVERYWHERE = ['title', 'lang', 'dir', 'id']
/** Sizes, kinds and states, which mean nothing and do nothing on elements that have none. */
const HARMLESS = [
  ...['type', 'checked', 'disabled', 'start', 'reversed', 'value', 'colspan', 'rowspan', 'align', 'open', 'datetime'],
]
const TAGS = new Set(
  (
    'p br hr h3 h4 h5 h6 blockquote pre code kbd samp var strong b em i u s del ins mark small sub sup q cite abbr dfn ' +
    'ul ol li dl dt dd table caption thead tbody tfoot tr th td a input details summary section time bdi bdo ruby rt rp ' +
    'div span'
  ).split(' '),
)
const OWN = new Map([
  ['a', ['href', 'rel', 'aria-label']],
  ['input', ['aria-label']],
  ['section', ['aria-label']],
  ['div', ['role', 'aria-label', 'tabindex']],
  ['pre', ['tabindex']],
])
const PAGE = 'https://forum.example/threads/7/sujet'

/** Everything in a rendered text that a post may not have, once a browser has read it; nothing when all is well. */
export function complaints(html: string): string[] {
  const prose = onPage(html)
  const found = [...prose.querySelectorAll('*')].flatMap(ofElement)
  const nodes = prose.ownerDocument.createTreeWalker(prose)
  while (nodes.nextNode()) {
    const { nodeName } = nodes.currentNode
    if (nodeName.startsWith('#') && nodeName !== '#text') found.push(`holds a ${nodeName}`)
  }
  if (prose.innerHTML !== html) found.push(`is read as ${prose.innerHTML}`)
  if (prose.ownerDocument.querySelectorAll('body > main > article + footer:last-child').length !== 1) {
    found.push('ends the element around it')
  }
  return found
}

function ofElement(element: Element): string[] {
  const tag = element.localName
  const allowed = [...EVERYWHERE, ...HARMLESS, ...(OWN.get(tag) ?? [])]
  const attributes = element.getAttributeNames()
  return [
    ...(TAGS.has(tag) && element.namespaceURI === 'http://www.w3.org/1999/xhtml' ? [] : [`holds <${tag}>`]),
    ...attributes.filter((name) => !allowed.includes(name)).map((name) => `<${tag}> has ${name}`),
    ...(element.id && !element.id.startsWith('note-') ? [`<${tag}> is called ${element.id}`] : []),
    ...(tag === 'input' && element.getAttribute('type') !== 'checkbox' ? ['<input> can be filled in'] : []),
    ...(tag === 'input' && !element.hasAttribute('disabled') ? ['<input> can be ticked'] : []),
    ...(tag === 'a' ? ofLink(element) : []),
  ]
}

function ofLink(link: Element): string[] {
  const href = link.getAttribute('href')
  if (href === null) return ['<a> leads nowhere']
  const trusted = link.getAttribute('rel') !== 'nofollow ugc noopener' ? ['a link is trusted'] : []
  return leadsAstray(href) ? [...trusted, `a link leads to ${href}`] : trusted
}

/** Whether a browser that follows the address would do other than open a page or write a mail. */
function leadsAstray(href: string): boolean {
  if (!URL.canParse(href, PAGE)) return false
  const { protocol, origin } = new URL(href, PAGE)
  const named = /^(https?|mailto):/i.test(href)
  return named ? !['http:', 'https:', 'mailto:'].includes(protocol) : origin !== new URL(PAGE).origin
}
