import { asc, eq } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { passkeys } from '../../../schema/passkeys.ts'

/** A member's passkeys, oldest first. */
export const passkeysOf = (database: Database, memberId: number) =>
  database
    .select({
      id: passkeys.id,
      name: passkeys.name,
      credentialId: passkeys.credentialId,
      createdAt: passkeys.createdAt,
      lastUsedOn: passkeys.lastUsedOn,
    })
    .from(passkeys)
    .where(eq(passkeys.memberId, memberId))
    .orderBy(asc(passkeys.id))
