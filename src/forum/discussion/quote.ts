import { cutText } from '../../platform/text/shortened.ts'
import type { MemberName } from '../../schema/members.ts'

/** Characters. A longer quote is cut; the writer can add what matters by hand. */
const LONGEST_QUOTE = 4_000

interface Quoted {
  author: MemberName
  number: number
  body: string
}

/** A post as a Markdown quote with its author's name, and an empty line below for the answer. */
export function quoted({ author, number, body }: Quoted): string {
  const words = body.length > LONGEST_QUOTE ? `${cutText(body, LONGEST_QUOTE)} […]` : body
  const quote = withOwnNotes(words, notesOf(body), number)
  return `${author === null ? '' : `@${author} `}#${number}\n${quote.replace(/^/gm, '> ').replace(/^> $/gm, '>')}\n\n`
}

/** The labels of footnotes in a text, also in its quotes. */
function notesOf(body: string): Set<string> {
  return new Set([...body.matchAll(/^[ \t>]*\[\^([^[\]\n]{1,200})\]:/gm)].map(([, label = '']) => label))
}

/**
 * Renames `[^1]` of post 2 to `[^2-1]`, because the answer may have a footnote 1 of its own. The labels that were found
 * are short enough.
 */
function withOwnNotes(words: string, labels: ReadonlySet<string>, number: number): string {
  return words.replace(/\[\^([^[\]\n]+)\]/g, (typed, label: string) =>
    labels.has(label) ? `[^${number}-${label}]` : typed,
  )
}
