import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import type { Decision } from '../../schema/enums.ts'
import { sanctions } from '../../schema/moderation.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { admit, shutOut } from '../members/restrict-member.ts'
import { tellByMail } from '../members/tell-by-mail.ts'
import { runSteps } from '../step.ts'
import type { Case } from './find-case.ts'
import { lockMember } from './impose-sanction.ts'
import { type Holding, lift } from './lift-sanctions.ts'

interface DecidedOfMember {
  found: Case
  by: { id: number }
  decision: Decision
  reason: string | null
}

/** Carries out a decision about a member who appeals or wants to join, and tells them. Does nothing for other cases. */
export async function actOnMember(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  decided: DecidedOfMember,
): Promise<void> {
  const { found, decision, reason } = decided
  const { kind, memberId } = found
  if (memberId === null || decision === 'escalate' || (kind !== 'appeal' && kind !== 'member')) return
  await lockMember(transaction, memberId)
  if (kind === 'appeal') {
    if (decision === 'approve') await lift(transaction, announce, memberId, await appealedKinds(transaction, found))
    const told = { memberId, occasion: 'appeal_answered', reason, path: '/appeal' } as const
    await runSteps(forum.steps.accountChanged, transaction, told)
    // Through the login, because a banned member reads the answer there.
    await tellByMail(forum, transaction, memberId, 'appeal_answered', '/login?next=%2Fappeal')
  } else if (decision === 'approve') {
    await admit(transaction, announce, memberId)
    const told = { memberId, occasion: 'joined', reason, path: '/threads/new' } as const
    await runSteps(forum.steps.accountChanged, transaction, told)
    await tellByMail(forum, transaction, memberId, 'let_in', '/threads/new')
  } else {
    await turnAway(forum, transaction, announce, { ...decided, memberId })
  }
  await announce(memberEvent('notified', memberId))
}

/** The kinds of sanction that an appeal is against; none when that sanction has ended, whatever came later. */
async function appealedKinds(transaction: Transaction, { sanctionId }: Case): Promise<Holding[]> {
  if (sanctionId === null) return ['silence', 'ban']
  const [sanction] = await transaction
    .select({ kind: sanctions.kind })
    .from(sanctions)
    .where(and(eq(sanctions.id, sanctionId), isNull(sanctions.liftedAt)))
  return sanction && sanction.kind !== 'warn' ? [sanction.kind] : []
}

/** Bans somebody who wanted to join. They read the reason at the login, and can appeal. */
async function turnAway(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { memberId, by, reason }: DecidedOfMember & { memberId: number },
): Promise<void> {
  await transaction
    .insert(sanctions)
    .values({ memberId, kind: 'ban', reason: reason ?? '', byId: by.id })
    .onConflictDoNothing()
  // They no longer wait for approval. If the ban is lifted, also by an appeal, they are members.
  await admit(transaction, announce, memberId)
  await shutOut(transaction, announce, memberId)
  await tellByMail(forum, transaction, memberId, 'turned_away', '/login')
}
