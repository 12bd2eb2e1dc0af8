import { setTimeout } from 'node:timers/promises'
import { postgresError } from './unwrapped.ts'

/** PostgreSQL's appendix A: `serialization_failure` and `deadlock_detected`. */
const CONFLICTS = ['40001', '40P01']
const MOST_ATTEMPTS = 5
const SHORTEST_WAIT_MILLISECONDS = 20

/** Whether PostgreSQL has undone something only because others did something else at the same time. */
export const isConflict = (error: unknown): boolean => CONFLICTS.includes(postgresError(error)?.code ?? '')

/**
 * Does a transaction, or a statement that is one by itself, again where it met with another. The waits are random, so
 * that two which have met do not meet again. After five attempts the last error is thrown.
 * @param act must be harmless to repeat: all that it changes is undone when it fails.
 */
export async function retryConflicts<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isConflict(error)) throw error
      await setTimeout(SHORTEST_WAIT_MILLISECONDS * 2 ** attempt * Math.random())
    }
  }
}
