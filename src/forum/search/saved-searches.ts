import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField } from '../../platform/problem.ts'
import { members } from '../../schema/members.ts'
import { savedSearches } from '../../schema/search.ts'
import type { DigestSteps, FoundPost } from '../digests/steps.ts'
import { isMuted } from '../following/muted.ts'
import type { Forum } from '../forum.ts'
import type { Leaving } from '../members/steps.ts'
import type { Step } from '../step.ts'
import { fittingPosts } from './fitting-posts.ts'
import { tsqueries } from './tsquery.ts'
import { type Question, understand } from './understand.ts'

/** Searches that one member follows. Each runs for each of their digests. */
const MOST_SAVED = 20
/** Threads that a digest lists for one search. */
const MOST_TOLD = 10

/** A question without filters. */
const NO_FIELDS = { board: '', author: '', after: '', before: '', in: '', lang: '', has: '', thread: null }
const asked = (q: string): Question => ({ ...NO_FIELDS, q })

/** A member's followed searches as they typed them, newest first. */
export async function followedSearches(database: Database | Transaction, member: number): Promise<string[]> {
  const found = await database
    .select({ query: savedSearches.query })
    .from(savedSearches)
    .where(eq(savedSearches.memberId, member))
    .orderBy(desc(savedSearches.savedAt), desc(savedSearches.query))
  return found.map(({ query }) => query)
}

/**
 * Follows a search, so that the member's digests list its new hits; or stops. Doing so twice has no further effect.
 * @throws Problem 422 for a search that finds everything or nothing, and for one too many.
 */
export async function followSearch(forum: Forum, member: number, query: string, follows: boolean): Promise<void> {
  const { database } = forum
  if (!follows) {
    await database.delete(savedSearches).where(and(eq(savedSearches.memberId, member), eq(savedSearches.query, query)))
    return
  }
  const understood = await understand(forum, asked(query))
  if (understood.terms.length === 0 && !understood.author && understood.boards.length === 0) {
    throw invalidField('q', 'search.help')
  }
  await inTransaction(forum, async (transaction) => {
    // Locks the member, or two at once could add one search too many.
    await transaction.select({ id: members.id }).from(members).where(eq(members.id, member)).for('no key update')
    const followed = await followedSearches(transaction, member)
    if (followed.includes(query)) return
    if (followed.length >= MOST_SAVED) throw invalidField('q', 'search.too_many_saved')
    await transaction.insert(savedSearches).values({ memberId: member, query })
  })
}

export const forgetSearches: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction.delete(savedSearches).where(eq(savedSearches.memberId, memberId))
}

/** New hits of the members' followed searches: the first post of each thread that matches. */
export const findForDigests: DigestSteps['digestFinds'][number] = async (forum, database, due, until) => {
  const sinces = new Map(due.map(({ member, since }) => [member, since]))
  const saved = await database
    .select({ member: savedSearches.memberId, query: savedSearches.query })
    .from(savedSearches)
    .where(inArray(savedSearches.memberId, [...sinces.keys()]))
    .orderBy(savedSearches.memberId, savedSearches.savedAt, savedSearches.query)
  const found: FoundPost[] = []
  for (const { member, query } of saved) {
    const since = sinces.get(member) ?? until
    found.push(...(await newHits(forum, database, { member, query, since, until })))
  }
  return found
}

async function newHits(
  forum: Forum,
  database: Database | Transaction,
  { member, query, since, until }: { member: number; query: string; since: Date; until: Date },
): Promise<FoundPost[]> {
  const understood = await understand(forum, asked(query))
  const read = await tsqueries(database, understood)
  const queries = { ...read, matching: read.withTitle || read.matching }
  const { rows } = await database.execute<{ thread: number; number: number }>(sql`
    select posts.thread_id as thread, min(posts.number)::int as number
    from (
      ${fittingPosts({ understood, queries }, { since, until })}
    ) as hit
    join posts on posts.id = hit.id
    join threads on threads.id = posts.thread_id
    left join reads on reads.member_id = ${member} and reads.thread_id = posts.thread_id
    where posts.author_id <> ${member} and posts.number > coalesce(reads.number, 0)
      and not (${isMuted(sql`${member}::bigint`, sql`threads.id`, sql`threads.board_ids`)})
    group by posts.thread_id order by max(posts.id) desc limit ${MOST_TOLD}`)
  return rows.map(({ thread, number }) => ({ member, thread, number, search: query }))
}
