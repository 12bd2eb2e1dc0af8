import { isWithin } from './elements.ts'

/** Texts that must stay to the letter. */
const VERBATIM = new Set(['code', 'pre', 'kbd', 'samp'])
const NARROW = '\u202f'
const NODE_FILTER_SHOW_TEXT = 4

/**
 * French typography: the spaces that were typed before : ; ! ? » and after « become narrow and no longer break the
 * line. None is added, because a sign without one may be a time, an address or a face.
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

export function withFrenchSpaces(text: string): string {
  return text.replace(/[ \u00a0](?=[:;!?»])/g, NARROW).replace(/«[ \u00a0]/g, `«${NARROW}`)
}
