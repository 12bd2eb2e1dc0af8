import { createHash, randomInt } from 'node:crypto'

/** Signs that are not taken for each other when a code is read out or copied by hand. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
/** About 99 bits: nobody finds one by trying. */
const LENGTH = 20

export const makeCode = (): string =>
  Array.from({ length: LENGTH }, () => SIGNS.charAt(randomInt(SIGNS.length))).join('')

export const codeHash = (code: string): Buffer => createHash('sha256').update(code).digest()
