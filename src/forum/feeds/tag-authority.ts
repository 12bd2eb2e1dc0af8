import { randomBytes } from 'node:crypto'
import { readFromPrimary } from '../../platform/database/reading.ts'
import { tagAuthorities } from '../../schema/feeds.ts'
import type { Forum } from '../forum.ts'

/** The authority in `tag:` URIs (RFC 4151): a name, and a day on which it belonged to the forum. */
export interface TagAuthority {
  name: string
  /** `YYYY-MM-DD` */
  since: string
}

const known = new WeakMap<Forum, Promise<TagAuthority>>()

/**
 * The authority of this forum's ids. It is not the host, so that a forum that moves keeps its ids, and a feed on the
 * onion address does not reveal the other one.
 */
export function tagAuthority(forum: Forum): Promise<TagAuthority> {
  const authority = known.get(forum) ?? findOrMake(forum)
  known.set(forum, authority)
  authority.catch(() => known.delete(forum))
  return authority
}

async function findOrMake(forum: Forum): Promise<TagAuthority> {
  // Reads before it writes, because the database may be read-only at the moment.
  const made = await find(forum)
  if (made) return made
  // Names under `invalid` belong to nobody (RFC 2606), and a random name is not used twice.
  const name = `${randomBytes(10).toString('hex')}.forum.invalid`
  await forum.database.insert(tagAuthorities).values({ name }).onConflictDoNothing()
  // Reads from the primary, because a replica may not have the new row yet.
  const authority = await readFromPrimary(() => find(forum))
  if (!authority) throw new Error('A tag authority that was made is gone')
  return authority
}

async function find({ database }: Forum): Promise<TagAuthority | undefined> {
  const { name, since } = tagAuthorities
  return (await database.select({ name, since }).from(tagAuthorities))[0]
}

/** The id of a thing of this forum, such as `threads/12`. */
export const tagOf = ({ name, since }: TagAuthority, thing: string): string => `tag:${name},${since}:${thing}`
