/** One @, with something on both sides, and nothing that would begin another header or another address. */
export const ADDRESS_PATTERN = '^[^\\s@<>(),;:"\\\\]+@[^\\s@<>(),;:"\\\\]+\\.[^\\s@<>(),;:"\\\\]+$'
export const LONGEST_ADDRESS = 254

/** An address as all spellings of it share it. */
export const addressKey = (address: string): string => address.normalize('NFC').toLowerCase()
