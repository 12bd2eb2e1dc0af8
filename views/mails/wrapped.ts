/** What mail programs show in one line, and people read easily (RFC 3676). */
const COLUMNS = 72

/**
 * A text in lines of a mail's text form, each behind the same margin; a word that is too long stays whole. Spaces that
 * do not break lines, as before French signs, do not break them here.
 */
export function wrapped(text: string, margin = ''): string {
  const lines = ['']
  for (const word of text.split(/[ \t\n]+/).filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`.trimStart()
    if (lines.at(-1) && margin.length + longer.length > COLUMNS) lines.push(word)
    else lines.splice(-1, 1, longer)
  }
  return lines.map((line) => margin + line).join('\n')
}
