import type { WaitingMember } from '../members/steps.ts'
import type { Step } from '../step.ts'
import { openCase } from './open-case.ts'

/** Opens a case for a new member who waits for approval. */
export const caseOfMember: Step<WaitingMember> = async (transaction, { memberId, reason, announce }) => {
  await openCase(transaction, announce, { kind: 'member', member: memberId, words: reason })
}
