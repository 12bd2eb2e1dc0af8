import { max } from 'drizzle-orm'
import { isSameSecret, keyedHash } from '../../platform/crypto/keyed-hash.ts'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { invalidField } from '../../platform/problem.ts'
import { deadSetupLinks } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { hasAdmin } from './queries.ts'

/**
 * The link that makes somebody the first admin of a new forum. Every start prints it, the same in every process; null
 * once there is an admin. If there is none again later, the link is a new one.
 */
export async function firstAdminLink(forum: Forum): Promise<string | null> {
  if (await hasAdmin(forum.database)) return null
  return `${forum.config.origin}/register?setup=${setupToken(forum, await nextNumber(forum.database))}`
}

/** Whether a token is that link's, and still valid. */
export async function opensFirstAdmin(forum: Forum, token: string): Promise<boolean> {
  return isToken(forum, token, await nextNumber(forum.database)) && !(await hasAdmin(forum.database))
}

/**
 * Uses the link up when the transaction commits. Several people at once wait for the first, and are refused if it
 * succeeds.
 * @throws Problem 422 for a link that is used or not ours.
 */
export async function useSetupLink(forum: Forum, transaction: Transaction, token: string): Promise<void> {
  const number = await nextNumber(transaction)
  if (!isToken(forum, token, number) || !(await killSetupLink(transaction, number))) throw setupUsed()
  if (await hasAdmin(transaction)) throw setupUsed()
}

/** Makes the link invalid when somebody becomes an admin in another way, because it may be in a log. */
export async function forgetSetupLink(transaction: Transaction): Promise<void> {
  await killSetupLink(transaction, await nextNumber(transaction))
}

async function killSetupLink(transaction: Transaction, number: number): Promise<boolean> {
  const killed = await transaction
    .insert(deadSetupLinks)
    .values({ number })
    .onConflictDoNothing()
    .returning({ number: deadSetupLinks.number })
  return killed.length > 0
}

async function nextNumber(database: Database | Transaction): Promise<number> {
  const [last] = await database.select({ number: max(deadSetupLinks.number) }).from(deadSetupLinks)
  return (last?.number ?? 0) + 1
}

const setupUsed = () => invalidField('setup', 'accounts.setup_used')

const isToken = (forum: Forum, token: string, number: number): boolean => isSameSecret(token, setupToken(forum, number))

const setupToken = ({ secret }: Forum, number: number): string =>
  keyedHash(secret, `first administrator ${number}`).toString('base64url')
