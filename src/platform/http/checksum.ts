/** The polynomial of CRC-32, its bits in reverse (RFC 1952, 8). */
const POLYNOMIAL = 0xedb88320

/** The first bit, which is 1 as a polynomial. */
const ONE = 0x80000000

/** The product of two polynomials, modulo that of CRC-32. */
function product(one: number, other: number): number {
  let sum = 0
  let shifted = other
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if (one & bit) sum ^= shifted
    shifted = shifted & 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1
  }
  return sum >>> 0
}

/** What so many bytes do to the CRC-32 of all that stands before them: see `joinedChecksum`. */
export function shiftOf(bytes: number): number {
  let shift = ONE
  // By how far one byte shifts, then two, four, eight …
  let power = ONE >>> 8
  for (let left = bytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) shift = product(shift, power)
    power = product(power, power)
  }
  return shift
}

/** The CRC-32 of two texts together, from that of each: as zlib's `crc32_combine` does it. */
export const joinedChecksum = (before: number, after: number, shift: number): number =>
  (product(shift, before) ^ after) >>> 0
