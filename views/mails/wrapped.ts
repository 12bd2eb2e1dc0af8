/** The width of a line that is easy to read and that mail programs do not break (RFC 3676). */
const COLUMNS = 72

/**
 * Breaks a text into lines for a mail, each behind the same margin. A long word stays whole, and a non-breaking space,
 * as before French punctuation, does not break.
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
