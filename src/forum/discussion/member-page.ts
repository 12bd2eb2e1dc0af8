import type { Role } from '../../schema/enums.ts'
import type { Forum } from '../forum.ts'
import { publicProfile } from '../members/queries.ts'
import { sliceById } from './cursor.ts'
import { POSTS_ON_PROFILE, type ProfilePost, postsBy } from './post-queries.ts'

/** What everybody may know of a member, and what they have written: for HTML, JSON and feeds alike. */
export interface MemberPage {
  id: number
  username: string
  role: Role
  biography: string
  /** Whether search engines may show their profile. */
  listed: boolean
  createdAt: Date
  /** The newest first. */
  posts: ProfilePost[]
  /** Where this page begins; null on the first. */
  older: { cursor: string } | null
  /** The post that older ones come after; null at the end. */
  next: string | null
}

/**
 * A member by any spelling of their name; null where there is none.
 * @param before the post that the list begins after; undefined for the first page.
 * @param most fewer posts than a page has.
 */
export async function readMemberPage(
  { database }: Forum,
  username: string,
  before: number | undefined,
  most = POSTS_ON_PROFILE,
): Promise<MemberPage | null> {
  const member = await publicProfile(database, username)
  if (!member) return null
  const { rows, next } = sliceById(await postsBy(database, member.id, before), Math.min(most, POSTS_ON_PROFILE))
  return { ...member, posts: rows, older: before === undefined ? null : { cursor: String(before) }, next }
}
