import { asLanguage } from '../i18n/languages.ts'
import { type Translate, translator } from '../i18n/translate.ts'
import { elementsIn, isWithin, VERBATIM } from './elements.ts'
import { highlight } from './highlight.ts'
import { isSeen } from './is-seen.ts'
import { readable } from './link-address.ts'
import type { MarkdownSource } from './markdown.ts'
import { refusedAddress } from './sanitise.ts'
import { typeset } from './typeset.ts'

const BY_NAME: Record<string, (element: Element, t: Translate) => void> = {
  a: markLink,
  img: linkInstead,
  input: nameBox,
  table: letScroll,
  pre: letFocus,
  code: highlight,
  section: nameNotes,
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((heading) => [heading, lowerHeading])),
}

/**
 * Turns a sanitised fragment into what a post in a language shows. Only moves and makes nodes: parsing text again could make
 * tags of it.
 */
export function postprocess(
  fragment: DocumentFragment,
  language: string,
  source: MarkdownSource,
  noteAnchor: string,
): void {
  const t = translator(asLanguage(language))
  unlinkReferences(fragment, source)
  for (const element of elementsIn(fragment)) {
    if (element.id && !element.id.startsWith(noteAnchor)) element.removeAttribute('id')
    BY_NAME[element.localName]?.(element, t)
  }
  nameReturns(fragment, t, noteAnchor)
  typeset(fragment, language)
}

function markLink(link: Element): void {
  const address = link.getAttribute('href')
  if (address === null) {
    showAddress(link)
    return
  }
  link.setAttribute('rel', 'nofollow ugc noopener')
  // Without words nobody could see it.
  if (!isSeen(link.textContent) && !link.querySelector('img')) link.textContent = readable(address)
}

/** A link that leads nowhere is its words and the address that it was given. */
function showAddress(link: Element): void {
  const address = refusedAddress(link)
  const said = address === '' || link.textContent.includes(address)
  link.replaceWith(...link.childNodes, said ? '' : ` (${address})`)
}

/** In code, `@name` and `#12` only look like references. */
function unlinkReferences(fragment: DocumentFragment, { mentions, numbers }: MarkdownSource): void {
  const paths = new Set(Object.values(mentions).map(({ path }) => path))
  const isReference = (link: Element) => {
    const address = link.getAttribute('href') ?? ''
    const leadsToOne = paths.has(address) || (numbers !== null && address.startsWith(numbers.path))
    return leadsToOne && /^[@#]/.test(link.textContent)
  }
  const inCode = elementsIn(fragment).filter((element) => element.localName === 'a' && isWithin(element, VERBATIM))
  for (const link of inCode) if (isReference(link)) link.replaceWith(...link.childNodes)
}

/** Gives the arrows back from notes a label: a screen reader says nothing for an arrow. */
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

/** A link instead of a picture: loading it would tell the other site who reads this page. */
function linkInstead(image: Element, t: Translate): void {
  const address = image.getAttribute('src')
  const refused = refusedAddress(image)
  const link = image.closest('a')
  const alt = image.getAttribute('alt')?.trim()
  const besides = alt && link && address !== link.getAttribute('href') ? readable(address ?? '') : ''
  const elsewhere = /^data:/i.test(refused) ? '' : refused || besides
  const text = alt || address || ''
  const instead = image.ownerDocument.createElement(address && !link ? 'a' : 'span')
  if (address && instead.localName === 'a') {
    instead.setAttribute('href', address)
    markLink(instead)
  }
  const about = elsewhere ? t('markdown.elsewhere', { address: elsewhere }) : t('markdown.image')
  const title = image.getAttribute('title')
  if (title) instead.setAttribute('title', title)
  instead.textContent = text ? `${text} (${about})` : about
  image.replaceWith(instead)
}

/** The page has the heading of level 1 and each post one of level 2, so a post's own begin at level 3. */
function lowerHeading(heading: Element): void {
  const lowered = heading.ownerDocument.createElement(`h${Math.min(6, Number(heading.localName[1]) + 2)}`)
  for (const { name, value } of heading.attributes) lowered.setAttribute(name, value)
  lowered.append(...heading.childNodes)
  heading.replaceWith(lowered)
}

/** The only boxes are those of task lists, which nobody can tick. */
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

/** Labels the list of notes. */
function nameNotes(notes: Element, t: Translate): void {
  if (!notes.hasAttribute('data-footnotes')) {
    notes.replaceWith(...notes.childNodes)
    return
  }
  notes.removeAttribute('data-footnotes')
  notes.setAttribute('aria-label', t('markdown.notes'))
}
