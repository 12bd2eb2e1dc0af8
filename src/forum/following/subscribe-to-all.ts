import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'

interface Given {
  /** Ids; 0 for a board that does not exist here. */
  boards: readonly { board: number; level: string }[]
  crossings: readonly { city: number; technology: number; level: string }[]
  /** With their titles in the archive: only a thread with the same title is the same. */
  threads: readonly { id: number; title: string; level: string }[]
}

/** Subscribes a member to all of these that exist here, over earlier levels. Answers how many. */
export async function subscribeToAll(transaction: Transaction, member: number, given: Given): Promise<number> {
  const { boards, crossings, threads } = given
  const inBoards = await transaction.execute(sql`
    insert into board_subscriptions (member_id, board_id, level)
    select distinct on (boards.id) ${member}::bigint, boards.id, given.level
    from unnest(${list(boards.map(({ board }) => board))}::bigint[], ${list(boards.map(({ level }) => level))}::text[])
      as given (id, level)
    join boards on boards.id = given.id
    on conflict (member_id, board_id) do update set level = excluded.level`)
  const inCrossings = await transaction.execute(sql`
    insert into crossing_subscriptions (member_id, city_id, technology_id, level)
    select distinct on (cities.id, technologies.id) ${member}::bigint, cities.id, technologies.id, given.level
    from unnest(
      ${list(crossings.map(({ city }) => city))}::bigint[],
      ${list(crossings.map(({ technology }) => technology))}::bigint[],
      ${list(crossings.map(({ level }) => level))}::text[]
    ) as given (city, technology, level)
    join boards as cities on cities.id = given.city and cities.kind = 'city'
    join boards as technologies on technologies.id = given.technology and technologies.kind = 'technology'
    on conflict (member_id, city_id, technology_id) do update set level = excluded.level`)
  const inThreads = await transaction.execute(sql`
    insert into thread_subscriptions (member_id, thread_id, level)
    select distinct on (threads.id) ${member}::bigint, threads.id, given.level
    from unnest(
      ${list(threads.map(({ id }) => id))}::bigint[],
      ${list(threads.map(({ title }) => title))}::text[],
      ${list(threads.map(({ level }) => level))}::text[]
    ) as given (id, title, level)
    join threads on threads.id = given.id and threads.title = given.title and removed_at is null
    on conflict (member_id, thread_id) do update set level = excluded.level`)
  return [inBoards, inCrossings, inThreads].reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0)
}

/** One parameter for the whole list. */
const list = (values: readonly (number | string)[]) => sql.param([...values])
