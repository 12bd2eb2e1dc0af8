import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { emailTokens } from '../../schema/email-addresses.ts'
import { RETENTION } from '../retention.ts'

const LIFETIME_HOURS = {
  confirm: RETENTION.confirmLinkHours,
  reset: RETENTION.resetLinkHours,
  rescue: RETENTION.rescueLinkHours,
} as const
export type Purpose = keyof typeof LIFETIME_HOURS

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * Makes the token of a link that works once. Earlier links stay valid, so that a stranger who asks for a link cannot
 * make the owner's invalid. Links that would confirm another address become invalid.
 */
export async function makeToken(
  transaction: Transaction,
  purpose: Purpose,
  memberId: number,
  address: string | null,
): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  if (address !== null) await forgetOtherAddresses(transaction, memberId, address)
  await transaction.insert(emailTokens).values({
    tokenHash: hashOf(token),
    memberId,
    purpose,
    address,
    expiresAt: sql`now() + make_interval(hours => ${LIFETIME_HOURS[purpose]})`,
  })
  return token
}

/** The address that a member has not confirmed yet; null for none. */
export async function pendingAddress(database: Database, memberId: number): Promise<string | null> {
  const [pending] = await database
    .select({ address: emailTokens.address })
    .from(emailTokens)
    .where(
      and(
        eq(emailTokens.memberId, memberId),
        eq(emailTokens.purpose, 'confirm'),
        gt(emailTokens.expiresAt, sql`now()`),
      ),
    )
    .orderBy(desc(emailTokens.expiresAt))
    .limit(1)
  return pending?.address ?? null
}

/** Makes the links that would confirm an address of a member invalid. */
export async function forgetPending(database: Database | Transaction, memberId: number): Promise<void> {
  await database.delete(emailTokens).where(and(eq(emailTokens.memberId, memberId), eq(emailTokens.purpose, 'confirm')))
}

async function forgetOtherAddresses(transaction: Transaction, memberId: number, address: string): Promise<void> {
  const others = and(
    eq(emailTokens.memberId, memberId),
    eq(emailTokens.purpose, 'confirm'),
    ne(emailTokens.address, address),
  )
  await transaction.delete(emailTokens).where(others)
}

const isThis = (purpose: Purpose, token: string) =>
  and(eq(emailTokens.tokenHash, hashOf(token)), eq(emailTokens.purpose, purpose), gt(emailTokens.expiresAt, sql`now()`))

/** The member to whom a link was sent; null for an invalid link. */
export async function holderOf(database: Database, purpose: Purpose, token: string) {
  const [found] = await database.select().from(emailTokens).where(isThis(purpose, token))
  return found ?? null
}

/** The same, and uses the link up. */
export async function useToken(transaction: Transaction, purpose: Purpose, token: string) {
  const [used] = await transaction.delete(emailTokens).where(isThis(purpose, token)).returning()
  return used ?? null
}

/** Makes all links of a member invalid. */
export async function forgetTokens(transaction: Transaction, memberId: number): Promise<void> {
  await transaction.delete(emailTokens).where(eq(emailTokens.memberId, memberId))
}
