import { type SQL, sql } from 'drizzle-orm'
import { LEVELS } from '../../schema/enums.ts'
import type { MergedBoards } from '../boards/steps.ts'
import type { Step } from '../step.ts'

/** Levels from the one with most notifications to the one with least. */
const order = sql.raw(`array[${LEVELS.map((level) => `'${level}'`).join(', ')}]`)
const higher = (one: SQL, other: SQL): SQL =>
  sql`(${order})[least(array_position(${order}, ${one}), array_position(${order}, ${other}))]`

/** Followers of a merged board follow the other one. Of two levels, the one with more notifications stays. */
export const followMergedBoard: Step<MergedBoards> = async (transaction, { from, into }) => {
  await transaction.execute(sql`
    insert into board_subscriptions as held (member_id, board_id, level)
    select member_id, ${into}, level from board_subscriptions where board_id = ${from} order by member_id
    on conflict (member_id, board_id) do update set level = ${higher(sql`held.level`, sql`excluded.level`)}`)
  await transaction.execute(sql`delete from board_subscriptions where board_id = ${from}`)
  await transaction.execute(sql`
    insert into crossing_subscriptions as held (member_id, city_id, technology_id, level)
    select member_id, case city_id when ${from} then ${into} else city_id end,
           case technology_id when ${from} then ${into} else technology_id end, level
    from crossing_subscriptions where ${from} in (city_id, technology_id)
    order by 1, 2, 3
    on conflict (member_id, city_id, technology_id)
      do update set level = ${higher(sql`held.level`, sql`excluded.level`)}`)
  await transaction.execute(sql`delete from crossing_subscriptions where ${from} in (city_id, technology_id)`)
  // Keeps the earlier mark. Posts may be unread in the board that was not marked.
  await transaction.execute(sql`
    update board_reads as held set read_at = least(held.read_at, gone.read_at)
    from board_reads as gone
    where gone.board_id = ${from} and held.board_id = ${into} and held.member_id = gone.member_id`)
  await transaction.execute(sql`delete from board_reads where board_id = ${from}`)
}
