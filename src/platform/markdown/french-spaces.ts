import { isWithin } from './elements.ts'

/** Texts that must stay to the letter. */
const VERBATIM = new Set(['code', 'pre', 'kbd', 'samp'])
const NARROW = '\u202f'
const NODE_FILTER_SHOW_TEXT = 4

/**
 * French typography: the spaces that were typed before : ; ! ? » and after « become narrow and no longer break the
 * line, and so do those within a number (12 450,00 €). None is added, because a sign without one may be a time, an
 * address or a face.
 */
export function frenchSpaces(fragment: DocumentFragment): void {
  const walker = fragment.ownerDocument.createTreeWalker(fragment, NODE_FILTER_SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (isWithin(node.parentElement, VERBATIM)) continue
    const typed = node.textContent ?? ''
    const spaced = withFrenchSpaces(typed)
    if (spaced !== typed) node.textContent = spaced
  }
}

/** The same for one piece of text. */
export function withFrenchSpaces(text: string): string {
  return text.replace(/[ \u00a0](?=[:;!?»])|(?<=«)[ \u00a0]|(?<=\d)[ \u00a0](?=\d{3}(?!\d)|[€%])/g, NARROW)
}
