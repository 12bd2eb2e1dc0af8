import { max } from 'drizzle-orm'
import { isSameSecret, keyedHash } from '../../platform/crypto/keyed-hash.ts'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { invalidField } from '../../platform/problem.ts'
import { deadSetupLinks } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { hasAdmin } from './queries.ts'

/**
 * The link with which whoever starts a new forum becomes its administrator: printed at each start, in every process
 * the same, until there is one. Null from then on. Should there be none again, the link is another.
 */
export async function firstAdminLink(forum: Forum): Promise<string | null> {
  if (await hasAdmin(forum.database)) return null
  return `${forum.config.origin}/register?setup=${setupToken(forum, await nextNumber(forum.database))}`
}

/** Whether a token is the one of that link, and still of use. */
export async function opensFirstAdmin(forum: Forum, token: string): Promise<boolean> {
  return isToken(forum, token, await nextNumber(forum.database)) && !(await hasAdmin(forum.database))
}

/**
 * Uses the link up, for ever once the transaction commits. Of many who try at once the others wait for the first, and
 * are refused if it succeeds.
 * @throws Problem 422 for a link that was used, or is none of ours.
 */
export async function useSetupLink(forum: Forum, transaction: Transaction, token: string): Promise<void> {
  const number = await nextNumber(transaction)
  if (!isToken(forum, token, number) || !(await killSetupLink(transaction, number))) throw setupUsed()
  if (await hasAdmin(transaction)) throw setupUsed()
}

/** Somebody becomes an administrator in another way: a link that may stand in a log is of no use any more. */
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
