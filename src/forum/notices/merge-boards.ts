import { sql } from 'drizzle-orm'
import type { MergedBoards } from '../boards/steps.ts'
import type { Step } from '../step.ts'

/** Moves notifications of a merged board to the other one. Of two about new threads, the older stays. */
export const notificationsOfMergedBoard: Step<MergedBoards> = async (transaction, { from, into }) => {
  const after = (column: 'board_id' | 'technology_id') =>
    sql`case ${sql.raw(column)} when ${from} then ${into} else ${sql.raw(column)} end`
  await transaction.execute(sql`
    delete from notifications where id in (
      select id from (
        select id, row_number() over (
          partition by member_id, ${after('board_id')}, coalesce(${after('technology_id')}, 0) order by id) as place
        from notifications
        where kind = 'thread' and read_at is null and mailed_at is null
          and (board_id in (${from}, ${into}) or technology_id in (${from}, ${into}))
      ) as waiting where place > 1)`)
  await transaction.execute(sql`update notifications set board_id = ${into} where board_id = ${from}`)
  await transaction.execute(sql`update notifications set technology_id = ${into} where technology_id = ${from}`)
}
