/** What stands for itself in quoted-printable (RFC 2045, 6.7); each byte of all else is written with three. */
const LITERAL = /[\n\x20-\x3c\x3e-\x7e]/g
const LONGEST_LINE = 73

/** How many bytes a text of a mail has on its way, with the breaks that its lines are given; a little too many at most. */
export function encodedBytes(text: string): number {
  const literal = text.match(LITERAL)?.length ?? 0
  const encoded = literal + 3 * (Buffer.byteLength(text) - literal)
  return encoded + 3 * Math.ceil(encoded / LONGEST_LINE) + text.split('\n').length
}
