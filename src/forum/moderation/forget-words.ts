import { and, eq, isNotNull } from 'drizzle-orm'
import { cases } from '../../schema/moderation.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'

/** Deletes an erased member's appeals and reasons to join, which may say who they are. The decisions stay. */
export const forgetWordsOf: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction
    .update(cases)
    .set({ words: null })
    .where(and(eq(cases.memberId, memberId), isNotNull(cases.words)))
}
