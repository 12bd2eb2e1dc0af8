import { sql } from 'drizzle-orm'
import type { Invariant } from '../invariant.ts'

export const boardInvariants: readonly Invariant[] = [
  {
    says: 'boards with a wrong number of threads',
    broken: sql`
      select id from boards
      where thread_count <> (select count(*) from thread_boards where board_id = boards.id)`,
    mend: sql`
      update boards set thread_count = counted.count
      from (select id, (select count(*) from thread_boards where board_id = boards.id) as count from boards) as counted
      where counted.id = boards.id and thread_count <> counted.count`,
  },
  {
    says: 'crossings with a wrong number of threads',
    broken: sql`
      select from crossings
      where thread_count <> (
        select count(*) from crossing_threads
        where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id)`,
    mend: sql`
      update crossings set thread_count = (
        select count(*) from crossing_threads
        where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id)
      where thread_count <> (
        select count(*) from crossing_threads
        where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id)`,
  },
]
