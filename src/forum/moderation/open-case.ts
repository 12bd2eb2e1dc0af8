import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import type { CaseKind } from '../../schema/enums.ts'
import { cases } from '../../schema/moderation.ts'
import { type Announce, casesEvent } from '../events.ts'

/** What a case is about. */
export interface CaseAbout {
  kind: CaseKind
  post?: number
  member?: number | null
  words?: string
  sanction?: number
}

/** Opens a case, or answers the one of its kind that is open about the same post. */
export async function openCase(transaction: Transaction, announce: Announce, about: CaseAbout): Promise<number> {
  const { kind, post, member, words, sanction } = about
  const [opened] = await transaction
    .insert(cases)
    .values({
      kind,
      postId: post ?? null,
      memberId: member ?? null,
      words: words ?? null,
      sanctionId: sanction ?? null,
    })
    // Changes nothing, and answers the case that is there.
    .onConflictDoUpdate({
      target: [cases.postId, cases.kind],
      targetWhere: sql`closed_at is null`,
      set: { kind: sql`excluded.kind` },
    })
    .returning({ id: cases.id })
  if (!opened) throw new Error('An insert answered no row')
  await announce(casesEvent)
  return opened.id
}

/** Counts one more flag or notice of a case. */
export async function countFlag(transaction: Transaction, caseId: number): Promise<void> {
  await transaction
    .update(cases)
    .set({ flagCount: sql`${cases.flagCount} + 1` })
    .where(sql`${cases.id} = ${caseId}`)
}
