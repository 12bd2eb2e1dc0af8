import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { notAllowed, notFound } from '../../platform/problem.ts'
import { sanctions } from '../../schema/moderation.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, maySanction } from '../members/permissions.ts'
import { publicProfile } from '../members/queries.ts'
import { letBack, silence } from '../members/restrict-member.ts'
import { notifyOfAccount } from '../notices/account-notifications.ts'
import { endHolding, lockMember } from './impose-sanction.ts'
import { recordAct } from './record-act.ts'
import { grantAppeals } from './settle-appeals.ts'

export interface Lifting {
  username: string
  /** Null for the command line. */
  by: Actor | null
  reason: string | null
}

/**
 * Ends a member's silence and ban, and tells them. Does nothing without a sanction.
 * @throws Problem 404 for an unknown name, 403 when it is not allowed.
 */
export async function liftSanctions(forum: Forum, { username, by, reason }: Lifting): Promise<void> {
  const found = await publicProfile(forum.database, username)
  if (!found) throw notFound('members.not_found')
  if (by !== null && !maySanction(by, found)) throw notAllowed()
  await inTransaction(forum, async (transaction, announce) => {
    await lockMember(transaction, found.id)
    const lifted = await lift(transaction, announce, found.id, ['silence', 'ban'])
    if (lifted.length === 0) return
    await grantAppeals(transaction, announce, { memberId: found.id, by, reason })
    await recordAct(transaction, { kind: 'lift', by: by?.id ?? null, member: found.id, reason, before: { lifted } })
    await notifyOfAccount(transaction, { memberId: found.id, occasion: 'lifted', reason, path: '/settings' })
    await announce(memberEvent('notified', found.id))
  })
}

export type Holding = 'silence' | 'ban'

/** Answers the kinds that had not ended. Also ends a ban without a sanction, by an older version. */
export async function lift(
  transaction: Transaction,
  announce: Announce,
  memberId: number,
  kinds: readonly Holding[],
): Promise<Holding[]> {
  const lifted: Holding[] = []
  for (const kind of kinds) {
    if (await endHolding(transaction, memberId, kind)) lifted.push(kind)
    if (kind === 'silence') await silence(transaction, announce, memberId, null)
    else await letBack(transaction, memberId)
  }
  return lifted
}

/** Sanctions in one transaction, so that a long list makes no long transaction. */
const AT_ONCE = 100

/** Ends sanctions whose time is over, of all members or one, and logs it. */
export async function liftEnded(forum: Forum, memberId?: number): Promise<void> {
  const due = await forum.database
    .selectDistinct({ memberId: sanctions.memberId })
    .from(sanctions)
    .where(
      and(
        isNull(sanctions.liftedAt),
        inArray(sanctions.kind, ['silence', 'ban']),
        lte(sanctions.until, sql`now()`),
        memberId === undefined ? undefined : eq(sanctions.memberId, memberId),
      ),
    )
    .orderBy(asc(sanctions.memberId))
    .limit(AT_ONCE)
  for (const { memberId: member } of due) {
    await inTransaction(forum, async (transaction, announce) => {
      await lockMember(transaction, member)
      const ended = await transaction
        .select({ kind: sanctions.kind })
        .from(sanctions)
        .where(
          and(
            eq(sanctions.memberId, member),
            isNull(sanctions.liftedAt),
            inArray(sanctions.kind, ['silence', 'ban']),
            lte(sanctions.until, sql`now()`),
          ),
        )
      const kinds = ended.flatMap(({ kind }) => (kind === 'warn' ? [] : [kind]))
      if (kinds.length === 0) return
      const lifted = await lift(transaction, announce, member, kinds)
      await recordAct(transaction, { kind: 'lift', by: null, member, before: { lifted } })
    })
  }
}
