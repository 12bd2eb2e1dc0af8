import { sql } from 'drizzle-orm'
import { statement } from '../../platform/database/statement.ts'
import type { ActKind, FlagReason } from '../../schema/enums.ts'
import type { Forum } from '../forum.ts'

/** The public numbers: acts on posts, threads and members, but not how admins run the forum. */
const COUNTED: readonly ActKind[] = [
  ...(['hide', 'show', 'erase', 'approve', 'move_posts'] as const),
  ...(['lock', 'unlock', 'move', 'merge', 'remove', 'restore'] as const),
  ...(['warn', 'silence', 'ban', 'lift', 'purge', 'unpurge'] as const),
  ...(['dismiss', 'escalate', 'answer_appeal'] as const),
]

/** The acts of one month, and the reasons of its flags and notices, with how often each occurred. */
export interface MonthOfModeration {
  /** Its first day (UTC). */
  month: Date
  acts: { kind: ActKind; count: number }[]
  reasons: { reason: FlagReason; count: number }[]
}

const since = sql`date_trunc('month', now(), 'UTC') - interval '12 months'`
const monthOf = (column: string) => sql`date_trunc('month', ${sql.raw(column)}, 'UTC')`

const countActs = statement<{ month: Date; kind: ActKind; count: number }>(sql`
  select ${monthOf('at')} as month, kind, count(*)::int as count
  from acts where at >= ${since} and kind = any (${sql.placeholder('kinds')}::text[])
  group by 1, 2 order by 1 desc, 3 desc, 2`)

const countReasons = statement<{ month: Date; reason: FlagReason; count: number }>(sql`
  select ${monthOf('closed_at')} as month, reason, count(*)::int as count
  from cases join (
    select case_id, reason from flags union all select case_id, reason from notices
  ) as reported on reported.case_id = cases.id
  where closed_at >= ${since}
  group by 1, 2 order by 1 desc, 3 desc, 2`)

/** This month and the last twelve, newest first, without empty months. No names. */
export async function readTransparency({ database }: Forum): Promise<MonthOfModeration[]> {
  const [acts, reasons] = await Promise.all([countActs(database, { kinds: COUNTED }), countReasons(database, {})])
  const months = new Map<number, MonthOfModeration>()
  const monthAt = (month: Date): MonthOfModeration => {
    const known = months.get(month.getTime()) ?? { month, acts: [], reasons: [] }
    months.set(month.getTime(), known)
    return known
  }
  for (const { month, kind, count } of acts) monthAt(month).acts.push({ kind, count })
  for (const { month, reason, count } of reasons) monthAt(month).reasons.push({ reason, count })
  return [...months.values()].sort((one, other) => other.month.getTime() - one.month.getTime())
}
