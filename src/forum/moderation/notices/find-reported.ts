import { sql } from 'drizzle-orm'
import { statement } from '../../../platform/database/statement.ts'
import type { Forum } from '../../forum.ts'

interface Reported {
  id: number
  authorId: number
}

const byId = statement<Reported>(sql`
    select id, author_id as "authorId" from posts where id = ${sql.placeholder('id')} and held_at is null`)
const byNumber = statement<Reported>(sql`
    select id, author_id as "authorId" from posts
    where held_at is null and id = coalesce(
      (select id from posts where thread_id = ${sql.placeholder('thread')} and number = ${sql.placeholder('number')}),
      (select post_id from moved_posts
       where thread_id = ${sql.placeholder('thread')} and number = ${sql.placeholder('number')}))`)

/** At most 15 digits, which a JavaScript number holds exactly. */
const POST = /^\/posts\/(\d{1,15})(?:\/|$)/
const NUMBERED = /^\/threads\/(\d{1,15})\/posts\/(\d{1,9})(?:\/|$)/
const THREAD = /^\/threads\/(\d{1,15})(?:[/.]|$)/
const ANCHOR = /^#post-(\d{1,9})$/

/**
 * The post at an address of this forum: `#post-N` of a thread's page, `/posts/N`, or the first post of a thread. A moved
 * post is found at its old address. Null for an address of no post, or of another site.
 * @param hosts the names of this forum.
 */
export async function findReported(
  { database }: Forum,
  address: string,
  hosts: readonly string[],
): Promise<Reported | null> {
  const own = ownAddress(address, hosts)
  if (!own) return null
  const { pathname, hash } = own
  const [, post] = POST.exec(pathname) ?? []
  if (post) return (await byId(database, { id: Number(post) }))[0] ?? null
  const [, thread, numbered] = NUMBERED.exec(pathname) ?? THREAD.exec(pathname) ?? []
  if (!thread) return null
  const number = Math.min(Number(numbered ?? ANCHOR.exec(hash)?.[1] ?? 1), 2 ** 31 - 1)
  return (await byNumber(database, { thread: Number(thread), number }))[0] ?? null
}

/** People leave out `https://`, or copy an address from a mail. */
function ownAddress(address: string, hosts: readonly string[]): URL | null {
  const [host = ''] = hosts
  const typed = /^https?:\/\//i.test(address)
    ? address
    : address.startsWith('/')
      ? `http://${host}${address}`
      : `http://${address}`
  if (!URL.canParse(typed)) return null
  const url = new URL(typed)
  return hosts.includes(url.host) ? url : null
}
