import { createHash, randomInt } from 'node:crypto'

/** Characters that people do not confuse when they read a code out or copy it. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
/** About 99 bits, which nobody can guess. */
const LENGTH = 20

export const makeCode = (): string =>
  Array.from({ length: LENGTH }, () => SIGNS.charAt(randomInt(SIGNS.length))).join('')

export const codeHash = (code: string): Buffer => createHash('sha256').update(code).digest()
