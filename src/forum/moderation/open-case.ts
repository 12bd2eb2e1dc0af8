import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import type { CaseKind, CaseReason } from '../../schema/enums.ts'
import { cases } from '../../schema/moderation.ts'
import { type Announce, casesEvent } from '../events.ts'

/** What a case is about. */
export interface CaseAbout {
  kind: CaseKind
  post?: number
  member?: number | null
  words?: string
  /** Why the forum itself opens it. */
  reasons?: readonly CaseReason[]
  sanction?: number
}

/** Opens a case, or answers the open case of the same kind about the same post. */
export async function openCase(transaction: Transaction, announce: Announce, about: CaseAbout): Promise<number> {
  const { kind, post, member, words, reasons = [], sanction } = about
  const [opened] = await transaction
    .insert(cases)
    .values({
      kind,
      postId: post ?? null,
      memberId: member ?? null,
      words: words ?? null,
      reasons: reasons.length > 0 ? [...reasons] : null,
      sanctionId: sanction ?? null,
    })
    // Answers the existing case, with the reasons of this call.
    .onConflictDoUpdate({
      target: [cases.postId, cases.kind],
      targetWhere: sql`closed_at is null`,
      set: { reasons: sql`coalesce(excluded.reasons, ${cases.reasons})` },
    })
    .returning({ id: cases.id })
  if (!opened) throw new Error('An insert answered no row')
  await announce(casesEvent)
  return opened.id
}

/** Counts one more flag or notice. */
export async function countFlag(transaction: Transaction, caseId: number): Promise<void> {
  await transaction
    .update(cases)
    .set({ flagCount: sql`${cases.flagCount} + 1` })
    .where(sql`${cases.id} = ${caseId}`)
}
