import { isForeignKeyViolation } from '../../platform/database/database.ts'
import { conflict } from '../../platform/problem.ts'

/** For `catch`: the board that was just found is merged into another by now. @throws Problem 409, or the error. */
export function orMergedMeanwhile(error: unknown): never {
  throw isForeignKeyViolation(error) ? conflict('boards.merged_meanwhile') : error
}
