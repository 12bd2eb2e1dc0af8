import { asLanguage } from '../i18n/languages.ts'
import { type Translate, translator } from '../i18n/translate.ts'
import { elementsIn, isWithin, VERBATIM } from './elements.ts'
import { refusedAddress } from './sanitise.ts'
import { typeset } from './typeset.ts'

const FINISHERS: Record<string, (element: Element, t: Translate) => void> = {
  a: markLink,
  img: linkInstead,
  input: nameBox,
  table: letScroll,
  pre: letFocus,
  section: nameNotes,
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((heading) => [heading, lowerHeading])),
}

/** Makes an allowed fragment into what a post shows; only moves and makes nodes, never parses text again. */
export function finish(fragment: DocumentFragment, language: string, noteAnchor: string): void {
  const t = translator(asLanguage(language))
  for (const element of elementsIn(fragment)) {
    if (element.id && !element.id.startsWith(noteAnchor)) element.removeAttribute('id')
    FINISHERS[element.localName]?.(element, t)
  }
  nameReturns(fragment, t, noteAnchor)
  typeset(fragment, language)
}

function markLink(link: Element): void {
  const address = link.getAttribute('href')
  if (address === null) showAddress(link)
  else if (isCall(link, address) && isWithin(link, VERBATIM)) link.replaceWith(...link.childNodes)
  else link.setAttribute('rel', 'nofollow ugc noopener')
}

/** A link that leads nowhere is its words and the address that it was given. */
function showAddress(link: Element): void {
  const address = refusedAddress(link)
  const said = address === '' || link.textContent.includes(address)
  link.replaceWith(...link.childNodes, said ? '' : ` (${address})`)
}

/** Whether a link is an `@name` or `#12`, which code only looks like. */
const isCall = (link: Element, address: string): boolean =>
  /^\/(?:members|threads)\//.test(address) && /^[@#]/.test(link.textContent)

/** An arrow says nothing when it is read aloud. */
function nameReturns(fragment: DocumentFragment, t: Translate, noteAnchor: string): void {
  const marks = new Map<string, string>()
  for (const link of elementsIn(fragment)) {
    if (link.id.startsWith(`${noteAnchor}ref-`)) marks.set(`#${link.id}`, link.textContent)
  }
  for (const link of elementsIn(fragment)) {
    const address = link.getAttribute('href') ?? ''
    const mark = marks.get(address)
    const again = /ref-\d+(-\d+)$/.exec(address)?.[1] ?? ''
    if (mark) link.setAttribute('aria-label', t('markdown.back', { number: mark + again }))
  }
}

/** A picture from elsewhere would tell that place who reads: its address is there to be followed by choice. */
function linkInstead(image: Element, t: Translate): void {
  const address = image.getAttribute('src')
  const refused = refusedAddress(image)
  const elsewhere = /^data:/i.test(refused) ? '' : refused
  const text = image.getAttribute('alt')?.trim() || address || ''
  const instead = image.ownerDocument.createElement(address && !image.closest('a') ? 'a' : 'span')
  if (address && instead.localName === 'a') {
    instead.setAttribute('href', address)
    markLink(instead)
  }
  const about = elsewhere ? t('markdown.elsewhere', { address: elsewhere }) : t('markdown.image')
  instead.textContent = text ? `${text} (${about})` : about
  image.replaceWith(instead)
}

/** The page has the first heading and each post the second, so that a post's own begin with the third. */
function lowerHeading(heading: Element): void {
  const lowered = heading.ownerDocument.createElement(`h${Math.min(6, Number(heading.localName[1]) + 2)}`)
  for (const { name, value } of heading.attributes) lowered.setAttribute(name, value)
  lowered.append(...heading.childNodes)
  heading.replaceWith(lowered)
}

/** The only boxes are those of task lists: nobody can tick them. */
function nameBox(box: Element, t: Translate): void {
  if (box.getAttribute('type') !== 'checkbox') {
    box.remove()
    return
  }
  box.setAttribute('disabled', '')
  box.setAttribute('aria-label', box.hasAttribute('checked') ? t('markdown.done') : t('markdown.undone'))
}

/** A wide table scrolls inside itself, by keyboard too. */
function letScroll(table: Element, t: Translate): void {
  const frame = table.ownerDocument.createElement('div')
  frame.setAttribute('role', 'region')
  frame.setAttribute('aria-label', t('markdown.table'))
  frame.setAttribute('tabindex', '0')
  table.replaceWith(frame)
  frame.append(table)
}

/** Long lines of code scroll, by keyboard too. */
function letFocus(code: Element): void {
  code.setAttribute('tabindex', '0')
}

/** The list of notes; its heading would stand in the page's outline without a name of its own. */
function nameNotes(notes: Element, t: Translate): void {
  if (!notes.hasAttribute('data-footnotes')) {
    notes.replaceWith(...notes.childNodes)
    return
  }
  notes.removeAttribute('data-footnotes')
  notes.setAttribute('aria-label', t('markdown.notes'))
  notes.querySelector('h1, h2, h3, h4, h5, h6')?.remove()
}
