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

/** A ban of a hundred years is one without end. */
export const LONGEST_DAYS = 36_500
/** Not `infinity`, which a date in JavaScript cannot hold. */
const WITHOUT_END = sql`'9999-12-31'::timestamptz`
/** The same sanction again within so many seconds is a second click. */
const SECOND_CLICK_SECONDS = 60

export interface Sanction {
  username: string
  kind: 'warn' | 'silence' | 'ban'
  /** Null: somebody at the command line. */
  by: Actor | null
  reason: string | null
  /** Null: without end. A warning has none. */
  days: number | null
}

/**
 * Warns a member, takes the word from them or shuts them out, tells them why and writes it in the log. One that holds
 * already is replaced by the new one, with its end; an appeal goes on against that.
 * @throws Problem 404 when nobody has that name, 403 where it is not for them to do, 422 for a warning that says nothing.
 */
export async function imposeSanction(forum: Forum, sanction: Sanction): Promise<void> {
  const { username, kind, by, reason, days } = sanction
  if (by) await takeAttempt(forum, SANCTIONS_AN_HOUR, String(by.id))
  const found = await publicProfile(forum.database, username)
  if (!found) throw notFound('members.not_found')
  mustBeAllowed(by, found)
  if (kind === 'warn' && reason === null) throw invalidField('reason', 'errors.empty')
  await inTransaction(forum, async (transaction, announce) => {
    // Held, so that of a sanction and a new role at once one sees the other.
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

/** Nobody sanctions an admin, the command line included: the role must be taken first. */
function mustBeAllowed(by: Actor | null, target: { id: number; role: Role }): void {
  const allowed = by === null ? target.role !== 'admin' : maySanction(by, target)
  if (!allowed) throw notAllowed(target.role === 'admin' ? 'moderation.not_admins' : 'errors.not_allowed')
}

/** Holds a member's row until the commit. @throws Problem 404 */
export async function lockMember(transaction: Transaction, id: number): Promise<{ id: number; role: Role }> {
  const [member] = await transaction
    .select({ id: members.id, role: members.role })
    .from(members)
    .where(eq(members.id, id))
    .for('no key update')
  if (!member) throw notFound('members.not_found')
  return member
}

/** Ends the sanction of a kind that holds for a member; answers it, or undefined where there was none. */
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
