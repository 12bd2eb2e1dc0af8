const LINE_FEED = 0x0a
const SPACE = 0x20
const EQUALS = 0x3d
const TILDE = 0x7e
const LONGEST_LINE = 73

/**
 * How many bytes a text of a mail has on its way in quoted-printable (RFC 2045, 6.7), with the breaks that its lines are
 * given; a little too many at most.
 */
export function encodedBytes(text: string): number {
  const bytes = Buffer.from(text)
  let encoded = 0
  let lines = 1
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    const isLiteral = (byte >= SPACE && byte <= TILDE && byte !== EQUALS) || byte === LINE_FEED
    encoded += isLiteral ? 1 : 3
    if (byte === LINE_FEED) lines += 1
  }
  return encoded + 3 * Math.ceil(encoded / LONGEST_LINE) + lines
}
