import fc from 'fast-check'

const FIRST_SURROGATE = 0xd800
const SURROGATES = 0x800

/**
 * Any sign of Unicode, small ones as often as all others: for `fc.string({ unit: anySign })`. The unit `binary` of fast-check
 * is the same, and takes two seconds in each process to make a table of the million.
 */
export const anySign = fc
  .oneof(fc.nat(0xff), fc.nat(0x10ffff - SURROGATES))
  .map((point) => String.fromCodePoint(point < FIRST_SURROGATE ? point : point + SURROGATES))
