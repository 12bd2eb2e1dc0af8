import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { ActKind } from '../../schema/enums.ts'
import { type MemberName, members } from '../../schema/members.ts'
import { acts } from '../../schema/moderation.ts'
import { posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import { type Board, boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import { NEWEST_ID, sliceById } from '../discussion/cursor.ts'
import type { Forum } from '../forum.ts'
import { publicProfile } from '../members/queries.ts'

const ACTS_PER_PAGE = 50

/** Filters of the log. An absent filter matches all. */
export interface AskedLog {
  /** The name of the member concerned, in any spelling. */
  member?: string | undefined
  thread?: number | undefined
  kind?: ActKind | undefined
  /** The last act of the page before. */
  before?: number | undefined
  /** At most so many. */
  most?: number | undefined
}

/** One act on the page of the log. */
export interface LoggedAct {
  id: number
  kind: ActKind
  at: Date
  by: MemberName
  /** Whether it came from the command line, or from the forum itself. */
  byConsole: boolean
  /** The member concerned. */
  member: MemberName
  hasMember: boolean
  thread: { id: number; slug: string; title: string; language: string } | null
  /** The present number of the post. */
  number: number | null
  board: Board | null
  reason: string | null
  /** Values before and after, by name. */
  before: Record<string, unknown>
  after: Record<string, unknown>
}

const moderators = alias(members, 'moderators')

/** A page of the log, newest first, and where older acts begin; null at the end. */
export async function readLog(
  forum: Forum,
  { member, thread, kind, before = NEWEST_ID, most = ACTS_PER_PAGE }: AskedLog,
): Promise<{ acts: LoggedAct[]; next: string | null }> {
  const { database } = forum
  const [catalogue, concerned] = await Promise.all([
    boardCatalogue(forum),
    member ? publicProfile(database, member) : null,
  ])
  if (member && !concerned) return { acts: [], next: null }
  const found = await database
    .select({
      id: acts.id,
      kind: acts.kind,
      at: acts.at,
      by: moderators.username,
      byConsole: sql<boolean>`${acts.byId} is null`,
      member: members.username,
      hasMember: sql<boolean>`${acts.memberId} is not null`,
      thread: { id: threads.id, slug: threads.slug, title: threads.title, language: threads.language },
      number: posts.number,
      boardId: acts.boardId,
      reason: acts.reason,
      before: acts.before,
      after: acts.after,
    })
    .from(acts)
    .leftJoin(moderators, eq(moderators.id, acts.byId))
    .leftJoin(members, eq(members.id, acts.memberId))
    .leftJoin(threads, eq(threads.id, acts.threadId))
    .leftJoin(posts, eq(posts.id, acts.postId))
    .where(
      and(
        lt(acts.id, before),
        concerned ? eq(acts.memberId, concerned.id) : undefined,
        thread === undefined ? undefined : eq(acts.threadId, thread),
        kind === undefined ? undefined : eq(acts.kind, kind),
      ),
    )
    .orderBy(desc(acts.id))
    .limit(most + 1)
  const { rows, next } = sliceById(found, most)
  return {
    acts: rows.map(({ boardId, before: was, after: is, ...act }) => ({
      ...act,
      board: boardId === null ? null : (catalogue.withId(boardId) ?? null),
      before: named(catalogue, was),
      after: named(catalogue, is),
    })),
    next,
  }
}

/** The logged values of a change, with boards by slug. */
function named(catalogue: Catalogue, values: unknown): Record<string, unknown> {
  if (typeof values !== 'object' || values === null) return values === null ? {} : { value: values }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) =>
      name === 'boards' && Array.isArray(value)
        ? [name, value.map((id) => catalogue.withId(Number(id))?.slug ?? id)]
        : [name, value],
    ),
  )
}
