import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField, notAllowed, notFound } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import type { Role } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import { sanctions } from '../../schema/moderation.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, maySanction } from '../members/permissions.ts'
import { publicProfile } from '../members/queries.ts'
import { shutOut, silence } from '../members/restrict-member.ts'
import { notifyOfAccount } from '../notices/account-notifications.ts'
import { recordAct } from './record-act.ts'
import { appealGoesOn } from './settle-appeals.ts'

const SANCTIONS_AN_HOUR = { action: 'sanction', most: 200, seconds: 3_600 }

/** A hundred years, for a ban without an end. */
export const LONGEST_DAYS = 36_500
/** Not `infinity`, because a JavaScript date cannot hold it. */
const WITHOUT_END = sql`'9999-12-31'::timestamptz`
/** The same sanction within this time is a second click. */
const SECOND_CLICK_SECONDS = 60

export interface Sanction {
  username: string
  kind: 'warn' | 'silence' | 'ban'
  /** Null for the command line. */
  by: Actor | null
  reason: string | null
  /** Null for no end. A warning has none. */
  days: number | null
}

/**
 * Warns, silences or bans a member, tells them why and logs it. Replaces a sanction of the same kind that has not ended;
 * an open appeal goes on against the new one.
 * @throws Problem 404 for an unknown name, 403 when it is not allowed, 422 for a warning without a reason.
 */
export async function imposeSanction(forum: Forum, sanction: Sanction): Promise<void> {
  const { username, kind, by, reason, days } = sanction
  if (by) await takeAttempt(forum, SANCTIONS_AN_HOUR, String(by.id))
  const found = await publicProfile(forum.database, username)
  if (!found) throw notFound('members.not_found')
  mustBeAllowed(by, found)
  if (kind === 'warn' && reason === null) throw invalidField('reason', 'errors.empty')
  await inTransaction(forum, async (transaction, announce) => {
    // Locks the member, so that a role given at the same moment is seen.
    const target = await lockMember(transaction, found.id)
    mustBeAllowed(by, target)
    if (await wasSecondClick(transaction, target.id, sanction)) return
    const until = kind === 'warn' || days === null ? null : sql`now() + make_interval(days => ${days})`
    const replaced = kind === 'warn' ? undefined : await endHolding(transaction, target.id, kind)
    const [imposed] = await transaction
      .insert(sanctions)
      .values({ memberId: target.id, kind, reason: reason ?? '', byId: by?.id ?? null, until })
      .returning({ id: sanctions.id })
    if (replaced && imposed) await appealGoesOn(transaction, replaced.id, imposed.id)
    if (kind === 'silence') await silence(transaction, announce, target.id, until ?? WITHOUT_END)
    if (kind === 'ban') await shutOut(transaction, announce, target.id)
    const after = kind === 'warn' ? undefined : { days }
    await recordAct(transaction, { kind, by: by?.id ?? null, member: target.id, reason, after })
    const occasion = ({ warn: 'warned', silence: 'silenced', ban: 'banned' } as const)[kind]
    await notifyOfAccount(transaction, { memberId: target.id, occasion, reason, path: '/appeal' })
    await announce(memberEvent('notified', target.id))
  })
}

/** Nobody may sanction an admin, not even the command line: the role must be removed first. */
function mustBeAllowed(by: Actor | null, target: { id: number; role: Role }): void {
  const allowed = by === null ? target.role !== 'admin' : maySanction(by, target)
  if (!allowed) throw notAllowed(target.role === 'admin' ? 'moderation.not_admins' : 'errors.not_allowed')
}

/** Locks a member's row until the commit. @throws Problem 404 */
export async function lockMember(transaction: Transaction, id: number): Promise<{ id: number; role: Role }> {
  const [member] = await transaction
    .select({ id: members.id, role: members.role })
    .from(members)
    .where(eq(members.id, id))
    .for('no key update')
  if (!member) throw notFound('members.not_found')
  return member
}

/** Ends a member's present sanction of a kind and answers it; undefined for none. */
export async function endHolding(transaction: Transaction, memberId: number, kind: 'silence' | 'ban') {
  const [ended] = await transaction
    .update(sanctions)
    .set({ liftedAt: sql`now()` })
    .where(and(eq(sanctions.memberId, memberId), eq(sanctions.kind, kind), isNull(sanctions.liftedAt)))
    .returning({ id: sanctions.id })
  return ended
}

async function wasSecondClick(
  transaction: Transaction,
  memberId: number,
  { kind, by, reason, days }: Sanction,
): Promise<boolean> {
  const { rows } = await transaction.execute(sql`
    select from sanctions
    where member_id = ${memberId} and kind = ${kind} and lifted_at is null and reason = ${reason ?? ''}
      and by_id is not distinct from ${by?.id ?? null}::bigint
      and at > now() - make_interval(secs => ${SECOND_CLICK_SECONDS})
      and (kind = 'warn' or until is not distinct from at + make_interval(days => ${days}::int))
    limit 1`)
  return rows.length > 0
}
