import { HTML_TAGS } from './sanitise.ts'

/** Longer tags are shown as they were typed: reading each `<` to the end of a text would take the square of its length. */
const LONGEST_TAG = 4_000

/** Tags as CommonMark §6.6 writes them. */
const ATTRIBUTE = String.raw`[a-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>${'`'}]+))?`
const OPENING = new RegExp(`^<([a-z][a-z0-9]*)((?:\\s+${ATTRIBUTE})*)\\s*/?>`, 'i')
const CLOSING = /^<\/([a-z][a-z0-9]*)\s*>/i

/** Notes have a section of their own, which nobody else may write. */
const WRITABLE = new Set(HTML_TAGS.filter((name) => name !== 'section'))
/** Browsers drop these outside a table. */
const OF_TABLES = new Set(['caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'])
/** Left open, these would hide or move all that follows. */
const MUST_END = ['details', 'table']
/** `</p>` and `</br>` make an element by themselves; the other elements here have no end. */
const NEVER_ENDED = new Set(['hr', 'img', 'input'])

interface Tag {
  name: string
  raw: string
  closing: boolean
}

/** The tag at the start of a text, when it is whole and one that posts may have; else null. */
export function tagAt(text: string): Tag | null {
  const head = text.slice(0, LONGEST_TAG)
  const closing = CLOSING.exec(head)
  const [raw = '', typed = '', attributes = ''] = closing ?? OPENING.exec(head) ?? []
  const name = typed.toLowerCase()
  if (!WRITABLE.has(name)) return null
  if (closing) return NEVER_ENDED.has(name) ? null : { name, raw, closing: true }
  if (name === 'a' && !/\shref\s*=/i.test(attributes)) return null
  if (name === 'input' && !/\stype\s*=\s*["']?checkbox\b/i.test(attributes)) return null
  return { name, raw, closing: false }
}

/** The comment at the start of a text; empty when there is none, or it does not end. */
export function commentAt(text: string): string {
  if (!text.startsWith('<!--')) return ''
  const [whole = ''] = /^<!---?>/.exec(text) ?? []
  const end = whole ? -1 : text.indexOf('-->', 4)
  return end < 0 ? whole : text.slice(0, end + 3)
}

/**
 * Makes text of everything in a document's raw HTML that would take words away: tags that posts may not have, tags
 * that end nothing, and what only looks like a tag (GFM §6.11 does so for nine of them). Comments go.
 * @returns a function that is to be given the pieces in the order of the document.
 */
export function typedTags(document: string): (html: string) => string {
  const open = new Map<string, number>()
  const ends = new Map(MUST_END.map((name) => [name, document.match(new RegExp(`</${name}\\s*>`, 'gi'))?.length ?? 0]))

  function stays({ name, closing }: Tag): boolean {
    const opened = open.get(name) ?? 0
    if (closing) {
      open.set(name, Math.max(0, opened - 1))
      return opened > 0 || name === 'br'
    }
    if (OF_TABLES.has(name) && !open.get('table')) return false
    const left = ends.get(name)
    if (left === 0) return false
    if (left !== undefined) ends.set(name, left - 1)
    open.set(name, opened + 1)
    return true
  }

  return (html) => {
    // Behind the last end no comment ends: each would be searched for through all that follows.
    const lastEnd = html.lastIndexOf('-->')
    let shown = ''
    let from = 0
    for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', from)) {
      const rest = html.slice(at)
      const comment = at < lastEnd ? commentAt(rest) : ''
      const tag = tagAt(rest)
      const kept = tag && stays(tag) ? tag.raw : ''
      shown += html.slice(from, at) + (kept || (comment ? '' : '&lt;'))
      from = at + (kept.length || comment.length || 1)
    }
    return shown + html.slice(from)
  }
}
