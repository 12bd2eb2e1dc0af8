import type { Transaction } from '../platform/database/database.ts'

/** What a subject does in the transaction of another subject's verb, which does not know it: see `steps.ts`. */
export type Step<Happening> = (transaction: Transaction, happening: Happening) => Promise<void>

/** Runs steps one after the other in the order of the list, because two of them may lock the same rows. */
export async function runSteps<Happening>(
  steps: readonly Step<Happening>[],
  transaction: Transaction,
  happening: Happening,
): Promise<void> {
  for (const step of steps) await step(transaction, happening)
}
