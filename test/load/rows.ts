import type { Row } from './row.ts'
import { anonymous } from './rows/anonymous.ts'
import { cold } from './rows/cold.ts'
import { firstAndLast } from './rows/first-and-last.ts'
import { firstView } from './rows/first-view.ts'
import { growth } from './rows/growth.ts'
import { live } from './rows/live.ts'
import { memory } from './rows/memory.ts'
import { replies } from './rows/replies.ts'
import { signedIn } from './rows/signed-in.ts'
import { start } from './rows/start.ts'

/**
 * The table of targets, in its order. A new row is a file in `rows/` and its name here; `search` and `digests` come
 * after `firstView`, once the forum has them.
 */
export const ROWS: readonly Row[] = [
  ...[anonymous, cold, signedIn, firstAndLast, growth],
  ...[replies, live, firstView],
  ...[memory, start],
]
