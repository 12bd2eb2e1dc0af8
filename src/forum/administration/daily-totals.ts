import { desc, sql } from 'drizzle-orm'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { dailyTotals } from '../../schema/status.ts'
import type { Forum } from '../forum.ts'

const DAY_MILLISECONDS = 86_400_000
const DAYS_SHOWN = 30

/** The numbers of new things on one day. */
export type DailyTotals = typeof dailyTotals.$inferSelect

/** Counts each past day that is not counted yet; the first time, all days of the forum. */
export async function countDays({ database }: Pick<Forum, 'database'>, now = new Date()): Promise<void> {
  const today = now.toISOString().slice(0, 10)
  const { rows } = await database.execute<{ first: string | null }>(sql`
    select coalesce(
      (select max(day) + 1 from daily_totals),
      (select (min(created_at) at time zone 'UTC')::date from members))::text as first`)
  const first = rows[0]?.first
  if (!first || first >= today) return
  const since = sql`${first}::timestamp at time zone 'UTC'`
  const ofDays = (table: string, condition = sql`true`) => sql`(
    select (created_at at time zone 'UTC')::date as day, count(*)::int as number
    from ${sql.identifier(table)} where created_at >= ${since} and ${condition} group by 1)`
  await database.execute(sql`
    insert into daily_totals (day, members, threads, posts, digests)
    select days.day::date, coalesce(new_members.number, 0), coalesce(new_threads.number, 0),
      coalesce(new_posts.number, 0), coalesce(new_digests.number, 0)
    from generate_series(${first}::date, ${today}::date - 1, interval '1 day') as days (day)
    left join ${ofDays('members')} as new_members on new_members.day = days.day
    left join ${ofDays('threads')} as new_threads on new_threads.day = days.day
    left join ${ofDays('posts')} as new_posts on new_posts.day = days.day
    left join ${ofDays('mails', sql`kind = 'digest' and state = 'sent'`)} as new_digests on new_digests.day = days.day
    on conflict do nothing`)
}

/** The last counted days, oldest first. */
export async function lastDays({ database }: Pick<Forum, 'database'>): Promise<DailyTotals[]> {
  const since = new Date(Date.now() - DAYS_SHOWN * DAY_MILLISECONDS).toISOString().slice(0, 10)
  const rows = await database
    .select()
    .from(dailyTotals)
    .where(sql`${dailyTotals.day} >= ${since}`)
    .orderBy(desc(dailyTotals.day))
    .limit(DAYS_SHOWN)
  return rows.reverse()
}

export const dailyJobs: Jobs<Forum> = {
  tasks: { count_days: (forum) => countDays(forum) },
  schedule: ['5 0 * * * count_days'],
  begin: ['count_days'],
}
