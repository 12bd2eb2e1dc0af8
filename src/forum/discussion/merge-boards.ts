import { sql } from 'drizzle-orm'
import type { MergedBoards } from '../boards/steps.ts'
import type { Step } from '../step.ts'

/** Threads of a merged board stand in the other one, once, at the place of their last activity. */
export const moveThreadsOfBoard: Step<MergedBoards> = async (transaction, { from, into }) => {
  await transaction.execute(sql`
    update threads set board_ids = array(
      select board from (
        select distinct on (board) board, place
        from unnest(array_replace(board_ids, ${from}::bigint, ${into}::bigint)) with ordinality as given (board, place)
        order by board, place
      ) as once order by place)
    where board_ids @> array[${from}::bigint]`)
  await transaction.execute(sql`
    insert into thread_boards (board_id, thread_id, active_at)
    select ${into}, thread_id, active_at from thread_boards where board_id = ${from}
    on conflict do nothing`)
  await transaction.execute(sql`delete from thread_boards where board_id = ${from}`)
  await transaction.execute(sql`
    insert into crossing_threads (thread_id, city_id, technology_id, active_at)
    select thread_id, case city_id when ${from} then ${into} else city_id end,
           case technology_id when ${from} then ${into} else technology_id end, active_at
    from crossing_threads where ${from} in (city_id, technology_id)
    on conflict do nothing`)
  await transaction.execute(sql`delete from crossing_threads where ${from} in (city_id, technology_id)`)
  await transaction.execute(sql`
    insert into pins (thread_id, board_id) select thread_id, ${into} from pins where board_id = ${from}
    on conflict do nothing`)
  await transaction.execute(sql`delete from pins where board_id = ${from}`)
}
