import { type SQL, sql } from 'drizzle-orm'
import { FORUM_TIME_ZONE } from '../../platform/text/i18n/time-zones.ts'
import { conditions, type Wanted } from './conditions.ts'

type Asked = Omit<Wanted, 'timeZone'>

/** Posts of a time that are looked through for one digest. */
const MOST_OF_A_TIME = 500

/** The newest posts of a time that fit, as a query that answers their ids. */
export const fittingPosts = (asked: Asked, { since, until }: { since: Date; until: Date }): SQL => sql`
  select id from search_rows
  where kind = 'post' and posted_at > ${since.toISOString()}::timestamptz
    and ${conditions({ ...asked, timeZone: FORUM_TIME_ZONE }, sql`${until.toISOString()}::timestamptz`)}
  order by posted_at desc, id desc limit ${MOST_OF_A_TIME}`
