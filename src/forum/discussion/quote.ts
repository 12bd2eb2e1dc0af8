import { cutText } from '../../platform/text/shortened.ts'
import type { MemberName } from '../../schema/members.ts'

/** A quote longer than this is cut: what matters of it can be put back by hand. */
const LONGEST_QUOTE = 4_000

interface Quoted {
  author: MemberName
  number: number
  body: string
}

/** A post's words as a quote in Markdown, said to be theirs, with room below to answer. */
export function quoted({ author, number, body }: Quoted): string {
  const words = body.length > LONGEST_QUOTE ? `${cutText(body, LONGEST_QUOTE)} […]` : body
  const quote = withOwnNotes(words, notesOf(body), number)
  return `${author === null ? '' : `@${author} `}#${number}\n${quote.replace(/^/gm, '> ').replace(/^> $/gm, '>')}\n\n`
}

/** The labels of the notes that a text holds, in its quotes too. */
function notesOf(body: string): Set<string> {
  return new Set([...body.matchAll(/^[ \t>]*\[\^([^[\]\n]{1,200})\]:/gm)].map(([, label = '']) => label))
}

/**
 * `[^1]` of post 2 becomes `[^2-1]`: the answer may well have a note of that name itself. How long a label may be, the
 * labels already say.
 */
function withOwnNotes(words: string, labels: ReadonlySet<string>, number: number): string {
  return words.replace(/\[\^([^[\]\n]+)\]/g, (typed, label: string) =>
    labels.has(label) ? `[^${number}-${label}]` : typed,
  )
}
