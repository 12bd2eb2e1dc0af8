import type { Role } from '../../schema/enums.ts'
import { type Board, boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { publicProfile } from '../members/queries.ts'
import { sliceById } from './cursor.ts'
import { POSTS_ON_PROFILE, type ProfilePost, postsBy, type ShownOfMember } from './post-queries.ts'

/** What everybody may know of a member, and what they have written: for HTML, JSON and feeds alike. */
export interface MemberPage {
  id: number
  username: string
  role: Role
  biography: string
  /** Whether search engines may show their profile. */
  listed: boolean
  createdAt: Date
  shown: ShownOfMember
  /** The newest first. */
  posts: ProfilePost[]
  /** Where the most of these posts stand. */
  boards: Board[]
  /** How many they have written, up to one more than are counted; null but on the first page of all. */
  written: number | null
  /** Where this page begins; null on the first. */
  older: { cursor: string } | null
  /** The post that older ones come after; null at the end. */
  next: string | null
}

/** Which of their posts are asked for: those before one of them, and so many at the most. */
export interface AskedPosts {
  before?: number | undefined
  most?: number | undefined
  shown?: ShownOfMember | undefined
}

/** A member by any spelling of their name; null where there is none. */
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

/** So many boards say what somebody mostly writes about. */
const MOST_BOARDS = 4

/** The boards in which the most of these posts stand, in more than one of them. */
function mostly(posts: readonly ProfilePost[]): number[] {
  const counts = new Map<number, number>()
  for (const { thread } of posts) for (const id of thread.boardIds) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_BOARDS)
    .map(([id]) => id)
}
