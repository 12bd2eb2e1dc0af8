import { isForeignKeyViolation } from '../../platform/database/database.ts'
import { conflict } from '../../platform/problem.ts'

/** Says so where a board was merged into another between being found and being referred to. @throws Problem 409, or the error. */
export function orMergedMeanwhile(error: unknown): never {
  throw isForeignKeyViolation(error) ? conflict('boards.merged_meanwhile') : error
}
