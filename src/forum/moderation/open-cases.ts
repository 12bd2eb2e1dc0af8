import { sql } from 'drizzle-orm'
import { statement } from '../../platform/database/statement.ts'
import type { CaseKind, CaseReason, FlagReason } from '../../schema/enums.ts'
import { MANY_FLAGS } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'

const CASES_PER_PAGE = 30
/** Above this number, pages say «more than». */
const MOST_CASES = 100
/** How many flags of a case are read for the reasons in its line. */
const REASONS_READ = 50

/** A case in the queue. */
export interface OpenCase {
  id: number
  kind: CaseKind
  openedAt: Date
  flagCount: number
  /** Whether so many members have flagged it that it comes first. */
  heavy: boolean
  escalated: boolean
  claimedBy: string | null
  /** The member it is about; null when unknown. */
  member: string | null
  /** The title of the post's thread; null without a post. */
  thread: string | null
  threadLanguage: string | null
  number: number | null
  excerpt: string | null
  language: string | null
  reasons: FlagReason[]
  /** Why the forum itself opened it. */
  opened: CaseReason[] | null
}

const heavyFirst = sql.raw(`cases.flag_count < ${MANY_FLAGS}`)

const openCases = statement<OpenCase>(sql`
    select cases.id, cases.kind, cases.opened_at as "openedAt", cases.flag_count as "flagCount",
      not (${heavyFirst}) as heavy, cases.escalated_at is not null as escalated, claimants.username as "claimedBy",
      concerned.username as member, threads.title as thread, threads.language as "threadLanguage", posts.number,
      coalesce(posts.excerpt, left(cases.words, 300)) as excerpt, posts.language,
      cases.reasons as opened,
      array(
        select distinct reason from (
          (select reason from flags where flags.case_id = cases.id limit ${sql.raw(String(REASONS_READ))})
          union all
          (select reason from notices where notices.case_id = cases.id limit ${sql.raw(String(REASONS_READ))})
        ) as given order by reason
      ) as reasons
    from cases
    left join posts on posts.id = cases.post_id
    left join threads on threads.id = posts.thread_id
    left join members as concerned on concerned.id = cases.member_id
    left join members as claimants on claimants.id = cases.claimed_by
    where cases.closed_at is null
      and (${sql.placeholder('after')}::bigint is null or (${heavyFirst}, cases.opened_at, cases.id) > (
        select last.flag_count < ${sql.raw(String(MANY_FLAGS))}, last.opened_at, last.id from cases as last
        where last.id = ${sql.placeholder('after')}::bigint
      ))
    order by ${heavyFirst}, cases.opened_at, cases.id
    limit ${sql.raw(String(CASES_PER_PAGE + 1))}`)

/** The queue: first what many have flagged, then what has waited longest. @param after the last case of the page before. */
export async function readOpenCases({ database }: Forum, after: number | null) {
  const found = await openCases(database, { after })
  const cases = found.slice(0, CASES_PER_PAGE)
  return { cases, next: found.length > cases.length ? (cases.at(-1)?.id ?? null) : null }
}

const countOpen = statement<{ count: number }>(sql`
    select count(*)::int as count
    from (select from cases where closed_at is null limit ${sql.raw(String(MOST_CASES + 1))}) as counted`)

const kept = new WeakMap<Forum, { reading: Promise<number> | null; last: number }>()

/** How many cases are open, at most one more than are counted. Counts again after an event says that the number changed. */
export function openCaseCount(forum: Forum): Promise<number> {
  const place = kept.get(forum) ?? keepFor(forum)
  place.reading ??= countOpen(forum.database, {}).then(
    ([found]) => {
      place.last = found?.count ?? 0
      return place.last
    },
    () => {
      place.reading = null
      return place.last
    },
  )
  return place.reading
}

/** The last known count, for code that cannot wait. */
export const lastOpenCaseCount = (forum: Forum): number => kept.get(forum)?.last ?? 0

function keepFor(forum: Forum) {
  const place: { reading: Promise<number> | null; last: number } = { reading: null, last: 0 }
  kept.set(forum, place)
  forum.bus.listen(({ type }) => {
    // A held post that is approved, refused or withdrawn in its thread closes its case too.
    if (type === 'cases' || type === 'held' || type === 'restored' || type === 'reconnected') place.reading = null
  })
  return place
}
