const LONGEST_EXCERPT = 240

/** Quotes and code are somebody else's words or nobody's; they stand for a post only when it holds nothing else. */
const NOT_ITS_OWN_WORDS = 'blockquote, pre, table, section'

/** The beginning of what a rendered text says, on one line, cut between words. */
export function excerptOf(rendered: Element): string {
  const own = [...rendered.children].filter((block) => !block.matches(NOT_ITS_OWN_WORDS))
  const said = textOf(own) || textOf([...rendered.children])
  if (said.length <= LONGEST_EXCERPT) return said
  const cut = said.slice(0, LONGEST_EXCERPT).toWellFormed().replace('\ufffd', '')
  return `${cut.replace(/\s+\S*$/, '')}…`
}

const textOf = (blocks: readonly Element[]) =>
  blocks
    .map((block) => block.textContent)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
