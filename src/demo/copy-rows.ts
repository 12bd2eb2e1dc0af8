import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

export type Field = string | number | boolean | null | readonly number[]

/** About how many characters are handed over at once. */
const PIECE = 256 * 1_024

/** Writes rows into a table by PostgreSQL's COPY, as they are made: never more than a piece of them is in memory. */
export async function copyRows(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Field[]>,
): Promise<void> {
  const copy = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`))
  await pipeline(Readable.from(pieces(rows)), copy)
}

function* pieces(rows: Iterable<readonly Field[]>): Iterable<string> {
  let piece = ''
  for (const row of rows) {
    piece += `${row.map(field).join('\t')}\n`
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece) yield piece
}

/** One field in COPY's text format. */
function field(value: Field): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escapeText(value)
  return Array.isArray(value) ? `{${value.join(',')}}` : String(value)
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escapeText = (text: string): string => text.replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign)
