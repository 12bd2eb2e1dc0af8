/** A quote longer than this is cut: what matters of it can be put back by hand. */
const LONGEST_QUOTE = 4_000

/** A post's words as a quote in Markdown, said to be theirs, with room below to answer. */
export function quoted({ author, number, body }: { author: string; number: number; body: string }): string {
  const words = body.length > LONGEST_QUOTE ? `${body.slice(0, LONGEST_QUOTE).toWellFormed()} […]` : body
  return `@${author} #${number}\n${words.replace(/^/gm, '> ').replace(/^> $/gm, '>')}\n\n`
}
