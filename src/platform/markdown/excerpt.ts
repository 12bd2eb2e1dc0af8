const LONGEST_EXCERPT = 240

/** Quotes, code and tables (each in its frame) are not what a post says, unless it holds nothing else. */
const NOT_ITS_OWN_WORDS = 'blockquote, pre, div, section'

/** Only the marks of notes keep an id; without being raised they would be a digit at the end of a word. */
const NOTE_MARKS = 'sup > a[id]'

/** Words on the two sides of these are not one word. */
const APART = 'br, hr, p, pre, blockquote, li, dt, dd, td, th, caption, details, summary, h3, h4, h5, h6'

/** The beginning of what a rendered text says, on one line, cut between words. Takes the text apart. */
export function excerptOf(rendered: Element): string {
  for (const mark of rendered.querySelectorAll(NOTE_MARKS)) mark.remove()
  for (const element of rendered.querySelectorAll(APART)) {
    element.prepend(' ')
    element.append(' ')
  }
  const everything = textOf(rendered)
  for (const block of rendered.querySelectorAll(NOT_ITS_OWN_WORDS)) block.remove()
  const said = textOf(rendered) || everything
  if (said.length <= LONGEST_EXCERPT) return said
  const cut = said.slice(0, LONGEST_EXCERPT).toWellFormed().replace('\ufffd', '')
  return `${cut.replace(/\s+\S*$/, '')}…`
}

const textOf = (element: Element) => element.textContent.replace(/\s+/g, ' ').trim()
