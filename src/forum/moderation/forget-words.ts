import { and, eq, isNotNull } from 'drizzle-orm'
import { cases } from '../../schema/moderation.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'

/** What an erased member wrote to appeal or to be let in, which may say who they are, goes with them; what was decided stays. */
export const forgetWordsOf: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction
    .update(cases)
    .set({ words: null })
    .where(and(eq(cases.memberId, memberId), isNotNull(cases.words)))
}
