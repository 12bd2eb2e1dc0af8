import type { Row } from './row.ts'
import { anonymous } from './rows/anonymous.ts'
import { cold } from './rows/cold.ts'
import { digest } from './rows/digest.ts'
import { firstAndLast } from './rows/first-and-last.ts'
import { firstView } from './rows/first-view.ts'
import { growth } from './rows/growth.ts'
import { live } from './rows/live.ts'
import { memory } from './rows/memory.ts'
import { processes } from './rows/processes.ts'
import { replies } from './rows/replies.ts'
import { scrapers } from './rows/scrapers.ts'
import { search } from './rows/search.ts'
import { signedIn } from './rows/signed-in.ts'
import { start } from './rows/start.ts'
import { watchers } from './rows/watchers.ts'

/**
 * The table of targets, in its order. A new row is a file in `rows/` and its name here.
 */
export const ROWS: readonly Row[] = [
  ...[anonymous, cold, signedIn, firstAndLast, growth],
  ...[replies, watchers, live, scrapers, firstView, search, digest],
  ...[memory, start, processes],
]
