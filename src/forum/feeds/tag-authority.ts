import { randomBytes } from 'node:crypto'
import { readFromPrimary } from '../../platform/database/reading.ts'
import { tagAuthorities } from '../../schema/feeds.ts'
import type { Forum } from '../forum.ts'

/** Whoever gives ids by `tag:` URIs (RFC 4151): a name, and a day from which on it is theirs. */
export interface TagAuthority {
  name: string
  /** `YYYY-MM-DD` */
  since: string
}

const known = new WeakMap<Forum, Promise<TagAuthority>>()

/**
 * In whose name this forum gives ids. Not in that of its host: a forum that moves keeps its ids, and a feed that is read
 * through Tor does not name the other address.
 */
export function tagAuthority(forum: Forum): Promise<TagAuthority> {
  const authority = known.get(forum) ?? findOrMake(forum)
  known.set(forum, authority)
  authority.catch(() => known.delete(forum))
  return authority
}

async function findOrMake(forum: Forum): Promise<TagAuthority> {
  // Looked for first, for a database that can only be read at the moment.
  const made = await find(forum)
  if (made) return made
  // Names under `invalid` belong to nobody (RFC 2606), so only chance could give one twice.
  const name = `${randomBytes(10).toString('hex')}.forum.invalid`
  await forum.database.insert(tagAuthorities).values({ name }).onConflictDoNothing()
  // A replica may not have it yet.
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
