import type { Role } from '../../schema/enums.ts'
import { type Board, boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { publicProfile } from '../members/queries.ts'
import { sliceById } from './cursor.ts'
import { POSTS_ON_PROFILE, type ProfilePost, postsBy, type ShownOfMember } from './post-queries.ts'

/** The public page of a member with their posts, for HTML, JSON and feeds. */
export interface MemberPage {
  id: number
  username: string
  role: Role
  biography: string
  /** Whether search engines may show the profile. */
  listed: boolean
  createdAt: Date
  shown: ShownOfMember
  /** Newest first. */
  posts: ProfilePost[]
  /** The boards with most of these posts. */
  boards: Board[]
  /** How many posts they have written, at most one more than are counted; null except on the first page of all posts. */
  written: number | null
  /** The start of this page; null on the first. */
  older: { cursor: string } | null
  /** The last post of this page, if older ones follow; null at the end. */
  next: string | null
}

/** Which of their posts to read: those before one of them, at most so many. */
export interface AskedPosts {
  before?: number | undefined
  most?: number | undefined
  shown?: ShownOfMember | undefined
}

/** A member by any spelling of their name; null for an unknown name. */
export async function readMemberPage(
  forum: Forum,
  username: string,
  { before, most = POSTS_ON_PROFILE, shown = 'all' }: AskedPosts = {},
): Promise<MemberPage | null> {
  const member = await publicProfile(forum.database, username)
  if (!member) return null
  const [found, catalogue] = await Promise.all([
    postsBy(forum.database, member.id, before, shown),
    boardCatalogue(forum),
  ])
  const { rows: posts, next } = sliceById(found, Math.min(most, POSTS_ON_PROFILE))
  const boards = mostly(posts).flatMap((id) => catalogue.withId(id) ?? [])
  const written = posts[0]?.written ?? null
  return {
    ...member,
    shown,
    posts,
    boards,
    written,
    older: before === undefined ? null : { cursor: String(before) },
    next,
  }
}

/** At most so many boards are named. */
const MOST_BOARDS = 4

/** The boards with most of these posts, each with at least two. */
function mostly(posts: readonly ProfilePost[]): number[] {
  const counts = new Map<number, number>()
  for (const { thread } of posts) for (const id of thread.boardIds) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_BOARDS)
    .map(([id]) => id)
}
