import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { notAllowed, notFound, Problem } from '../../platform/problem.ts'
import type { MessageKey } from '../../platform/text/i18n/translate.ts'
import type { CaseKind, CaseReason, Decision } from '../../schema/enums.ts'
import { type Actor, mayAdminister } from '../members/permissions.ts'

/** A case without its post, flags and notes. */
export interface Case {
  id: number
  kind: CaseKind
  postId: number | null
  memberId: number | null
  member: string | null
  words: string | null
  reasons: CaseReason[] | null
  sanctionId: number | null
  openedAt: Date
  flagCount: number
  claimedById: number | null
  claimedBy: string | null
  claimedAt: Date | null
  escalatedAt: Date | null
  closedAt: Date | null
  decision: Decision | null
  statement: string | null
  decidedBy: string | null
}

const findById = statement<Case>(sql`
    select cases.id, cases.kind, cases.post_id as "postId", cases.member_id as "memberId", concerned.username as member,
      cases.words, cases.reasons, cases.sanction_id as "sanctionId", cases.opened_at as "openedAt", cases.flag_count as "flagCount",
      cases.claimed_by as "claimedById", claimants.username as "claimedBy", cases.claimed_at as "claimedAt",
      cases.escalated_at as "escalatedAt", cases.closed_at as "closedAt", cases.decision, cases.statement,
      deciders.username as "decidedBy"
    from cases
    left join members as concerned on concerned.id = cases.member_id
    left join members as claimants on claimants.id = cases.claimed_by
    left join members as deciders on deciders.id = cases.decided_by
    where cases.id = ${sql.placeholder('id')}`)

/** @throws Problem 404 for an unknown case. */
export async function findCase(database: Database, id: number): Promise<Case> {
  const [found] = await findById(database, { id })
  if (!found) throw notFound('cases.not_found')
  return found
}

/** The same for an open case. @throws Problem 404; 409 that says who has decided it. */
export async function findOpenCase(database: Database, id: number): Promise<Case> {
  const found = await findCase(database, id)
  if (found.closedAt) throw closedBy(found)
  return found
}

/** 409: another moderator decided at the same time. */
export const closedBy = ({ id, decidedBy }: Pick<Case, 'id' | 'decidedBy'>): Problem =>
  new Problem(409, decidedBy ? 'cases.closed_by' : 'cases.closed', {
    values: { name: decidedBy ?? '' },
    instead: { path: `/moderation/cases/${id}`, title: `#${id}` },
  })

/**
 * Moderators may not read a case about themselves, because it shows flags and notes about them.
 * @throws Problem 403
 */
export function mustNotConcern(actor: Actor, found: Case): void {
  if (found.memberId === actor.id && !mayAdminister(actor)) throw notAllowed('cases.about_you')
}

/**
 * Why the actor may not decide a case; null if they may. Admins may decide every case. Moderators may decide cases that are
 * not left to admins, are not about themselves and, for an appeal, are not against their own sanction.
 */
export async function whyNotTheirs(
  database: Database | Transaction,
  actor: Actor,
  found: Case,
): Promise<MessageKey | null> {
  if (mayAdminister(actor) && found.kind !== 'appeal') return null
  if (found.escalatedAt && !mayAdminister(actor)) return 'cases.for_admins'
  if (found.memberId === actor.id) return 'cases.about_you'
  const isOwn = found.sanctionId !== null && (await isOwnAct(database, actor, found.sanctionId))
  return isOwn ? 'cases.your_own_act' : null
}

/** Lets only those pass who may decide the case. @throws Problem 403 */
export async function mustBeTheirs(transaction: Transaction, actor: Actor, found: Case): Promise<void> {
  const why = await whyNotTheirs(transaction, actor, found)
  if (why) throw notAllowed(why)
}

/** An admin may answer an appeal against their own act when there is nobody else, because no answer would be worse. */
async function isOwnAct(database: Database | Transaction, actor: Actor, sanction: number): Promise<boolean> {
  const { rows } = await database.execute<{ own: boolean; others: boolean }>(sql`
    select by_id = ${actor.id} as own, exists (
      select from members where role in ('moderator', 'admin') and id <> ${actor.id} and banned_at is null
    ) as others
    from sanctions where id = ${sanction}`)
  return rows[0]?.own === true && (rows[0].others || !mayAdminister(actor))
}
