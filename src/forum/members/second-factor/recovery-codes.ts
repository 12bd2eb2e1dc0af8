import { randomInt } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { keyedHash } from '../../../platform/crypto/keyed-hash.ts'
import type { Transaction } from '../../../platform/database/database.ts'
import { recoveryCodes } from '../../../schema/second-factors.ts'
import type { Forum } from '../../forum.ts'

const CODES = 10
/** Without characters that look alike on paper: 0 and o, 1, i and l. Twelve of these 31 are 59 bits. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'
const LENGTH = 12

/**
 * Keyed, because somebody with a copy of the table could try 59 bits. Ignores spaces, dashes and case, which people copy
 * differently.
 */
const hashOf = (secret: string, memberId: number, code: string): Buffer =>
  keyedHash(secret, `recovery code\n${memberId}\n${code.replaceAll(/[\s-]/g, '').toLowerCase()}`)

/** Replaces a member's recovery codes by ten new ones, and answers them. They are not shown again. */
export async function makeRecoveryCodes(
  { secret }: Pick<Forum, 'secret'>,
  transaction: Transaction,
  memberId: number,
): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode)
  await transaction.delete(recoveryCodes).where(eq(recoveryCodes.memberId, memberId))
  await transaction
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ memberId, codeHash: hashOf(secret, memberId, code) })))
  return codes
}

/** Uses a recovery code up; false for an unknown code. If two use it at once, one succeeds. */
export async function useRecoveryCode(
  { database, secret }: Pick<Forum, 'database' | 'secret'>,
  memberId: number,
  code: string,
): Promise<boolean> {
  const used = await database
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.memberId, memberId), eq(recoveryCodes.codeHash, hashOf(secret, memberId, code))))
    .returning({ memberId: recoveryCodes.memberId })
  return used.length > 0
}

/** «k3m9-x2pq-7bvd». */
function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].join('-')
}
