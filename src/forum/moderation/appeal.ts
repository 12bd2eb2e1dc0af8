import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { type Database, isUniqueViolation, type Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { conflict, invalidField, notFound } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import { members } from '../../schema/members.ts'
import { cases, sanctions } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import { lockMember } from './impose-sanction.ts'
import { openCase } from './open-case.ts'

const APPEALS = { action: 'appeal', most: 10, seconds: 3_600 }

/** What a member can appeal against, and the state of the appeal. */
export interface Appealed {
  /** Null when an older version banned them without a sanction. */
  sanction: { id: number; kind: 'warn' | 'silence' | 'ban'; reason: string; until: Date | null } | null
  /** Null while they have not appealed. */
  appeal: { words: string | null; closedAt: Date | null; decision: string | null; statement: string | null } | null
}

/**
 * A member's present sanction, first a ban, then a silence, with their appeal; or the last one that an appeal has ended.
 * @throws Problem 404 when there is nothing to appeal against.
 */
export async function readAppeal(database: Database | Transaction, memberId: number): Promise<Appealed> {
  const sanction = await holdingOrAppealed(database, memberId)
  if (!sanction && !(await isShutOut(database, memberId))) throw notFound('appeals.nothing')
  const about = sanction
    ? eq(cases.sanctionId, sanction.id)
    : and(eq(cases.memberId, memberId), eq(cases.kind, 'appeal'), isNull(cases.sanctionId))
  const [appeal] = await database
    .select({
      words: cases.words,
      closedAt: cases.closedAt,
      decision: cases.decision,
      statement: cases.statement,
    })
    .from(cases)
    .where(about)
    .orderBy(desc(cases.id))
    .limit(1)
  return { sanction, appeal: appeal ?? null }
}

async function holdingOrAppealed(database: Database | Transaction, memberId: number) {
  const [found] = await database
    .select({ id: sanctions.id, kind: sanctions.kind, reason: sanctions.reason, until: sanctions.until })
    .from(sanctions)
    .where(
      and(
        eq(sanctions.memberId, memberId),
        sql`${sanctions.kind} in ('silence', 'ban')`,
        sql`((${sanctions.liftedAt} is null and (${sanctions.until} is null or ${sanctions.until} > now()))
          or exists (select from cases where cases.sanction_id = ${sanctions.id}))`,
      ),
    )
    .orderBy(sql`${sanctions.liftedAt} is not null, ${sanctions.kind} = 'silence'`, desc(sanctions.id))
    .limit(1)
  return found ?? null
}

async function isShutOut(database: Database | Transaction, memberId: number): Promise<boolean> {
  const [member] = await database.select({ bannedAt: members.bannedAt }).from(members).where(eq(members.id, memberId))
  return Boolean(member?.bannedAt)
}

/**
 * Appeals against the present sanction. Another moderator than the one who imposed it decides the case.
 * @throws Problem 404 without a sanction, 409 for a second appeal against it, 422 for no words, 429 for too many tries.
 */
export async function appeal(forum: Forum, memberId: number, body: string): Promise<void> {
  await takeAttempt(forum, APPEALS, String(memberId))
  const words = body.trim()
  if (!isSeen(words)) throw invalidField('body', 'errors.empty')
  try {
    await inTransaction(forum, async (transaction, announce) => {
      // Locks the member, so that of two appeals at once the second sees the first.
      await lockMember(transaction, memberId)
      const { sanction, appeal: earlier } = await readAppeal(transaction, memberId)
      if (earlier) throw conflict('appeals.one_only')
      const about = sanction ? { sanction: sanction.id } : {}
      await openCase(transaction, announce, { kind: 'appeal', member: memberId, words, ...about })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'cases_appeal')) throw conflict('appeals.one_only')
    throw error
  }
}
