import { type SQL, sql } from 'drizzle-orm'
import { FORUM_TIME_ZONE } from '../../platform/text/i18n/time-zones.ts'
import { conditions, type Wanted } from './conditions.ts'

type Asked = Omit<Wanted, 'timeZone'>

/** How many posts are searched for one digest. */
const MOST_OF_A_TIME = 500

/** A query for the ids of the newest matching posts in a range of time. */
export function fittingPosts(asked: Asked, { since, until }: { since: Date; until: Date }): SQL {
  const wanted = { ...asked, timeZone: FORUM_TIME_ZONE }
  const { lookedUp, compared } = conditions(wanted, sql`${until.toISOString()}::timestamptz`)
  return sql`
    select id from search_rows
    where kind = 'post' and posted_at > ${since.toISOString()}::timestamptz
      and ${lookedUp}${compared ? sql` and ${compared}` : sql``}
    order by posted_at desc, id desc limit ${MOST_OF_A_TIME}`
}
