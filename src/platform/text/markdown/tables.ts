import type { Lexer, Tokens } from 'marked'

/** A sign that a `\` makes text of, or a bar that ends a cell. */
const BAR = /\\.|\|/g

/** Keeps in the last cell what a row has beyond the columns of its table: GFM (§4.10) leaves that out, and with it words. */
export function keepBeyond(table: Tokens.Table, lexer: Lexer): void {
  const lines = table.raw.split('\n').slice(2)
  for (const [index, row] of table.rows.entries()) {
    const last = row.at(-1)
    const beyond = beyondColumns(lines[index] ?? '', row.length)
    if (!last || !beyond) continue
    last.text = `${last.text} | ${beyond}`
    last.tokens = lexer.inline(last.text)
  }
}

/** What a row has behind its last column, without the bar that ends it; empty where there is only more room. */
function beyondColumns(line: string, columns: number): string {
  const row = line.trim()
  let ended = row.startsWith('|') ? -1 : 0
  for (const { 0: bar, index } of row.matchAll(BAR)) {
    if (bar !== '|') continue
    ended += 1
    if (ended < columns) continue
    const beyond = row.slice(index + 1).trim()
    if (!/[^\s|]/.test(beyond)) return ''
    const ends = beyond.endsWith('|') && !beyond.endsWith('\\|')
    return (ends ? beyond.slice(0, -1).trimEnd() : beyond).replaceAll('\\|', '|')
  }
  return ''
}
