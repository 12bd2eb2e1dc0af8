/**
 * What XML 1.0 cannot hold, however it is written (XML 1.0, 2.2), what a terminal obeys instead of showing it, and what
 * nobody sees.
 */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Noncharacter_Code_Point}/gu

/** Text without what neither XML nor terminals nor people can read. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, '').toWellFormed()
