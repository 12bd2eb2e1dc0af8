import { sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import type { BoardChange, MergedBoards } from '../boards/steps.ts'
import type { Forum } from '../forum.ts'
import type { Step } from '../step.ts'
import { indexPosts } from './index-posts.ts'
import { filterOf } from './search-row.ts'

/** Threads whose first post one job indexes. */
const THREADS_PER_JOB = 100

/** Indexes threads of a merged board under the other one at once. */
export const indexMergedBoard: Step<MergedBoards> = async (transaction, { from, into }) => {
  const [gone, stays] = [`=board:${from}`, `=board:${into}`]
  await transaction.execute(sql`
    update search_rows set words = ts_delete(words, ${gone}) || array_to_tsvector(array[${stays}])
    where words @@ ${filterOf.board(from)}::tsquery`)
}

/** Indexes threads under the new name of a board. With many threads, a job does it. */
export const indexNamesOfBoard: Step<BoardChange> = async (transaction, { kind, board, after }) => {
  if (kind === 'merge' || 'name' in after) await addJob(transaction, 'index_board', { board, after: 0 })
}

/** Indexes the titles of some threads of a board again, from an id on, and queues a job for the next. */
export async function indexBoard(forum: Forum, board: number, after: number): Promise<void> {
  await inTransaction(forum, async (transaction) => {
    const { rows } = await transaction.execute<{ id: number }>(sql`
      select thread_id as id from thread_boards where board_id = ${board} and thread_id > ${after}
      order by thread_id limit ${THREADS_PER_JOB}`)
    const ids = rows.map(({ id }) => id)
    const last = ids.at(-1)
    if (last === undefined) return
    const firsts = sql`posts.thread_id = any (${sql.param(ids)}::bigint[]) and posts.number = 1`
    await indexPosts(transaction, firsts, THREADS_PER_JOB)
    if (ids.length === THREADS_PER_JOB) await addJob(transaction, 'index_board', { board, after: last })
  })
}
