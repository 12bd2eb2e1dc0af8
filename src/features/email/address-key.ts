/**
 * One @, with something on both sides, and nothing that would begin another header or another address. What stands
 * between two dots holds none itself, so that there is one way only to read an address, however long it is.
 */
export const ADDRESS_PATTERN = '^[^\\s@<>(),;:"\\\\]+@(?:[^\\s@<>(),;:"\\\\.]+\\.)+[^\\s@<>(),;:"\\\\.]+$'
export const LONGEST_ADDRESS = 254

/** An address as all spellings of it share it. */
export const addressKey = (address: string): string => address.normalize('NFC').toLowerCase()
