import { and, asc, type Column, desc, eq, gte, isNull, lte, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { conflict, notAllowed, notFound } from '../../platform/problem.ts'
import { purged, purges } from '../../schema/moderation.ts'
import { posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { showAgain, takeOutOfSight } from '../discussion/delete-post.ts'
import { postById } from '../discussion/post-in-thread.ts'
import { bringThreadBack, takeThreadAway } from '../discussion/remove-thread.ts'
import type { Moderator } from '../discussion/steps.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, maySanction } from '../members/permissions.ts'
import { publicProfile } from '../members/queries.ts'
import { notifyOfAccount } from '../notices/account-notifications.ts'
import { lockMember } from './impose-sanction.ts'
import { recordAct } from './record-act.ts'

/** A year. Somebody who has posted for longer is no spammer. */
export const LONGEST_HOURS = 8_760
/** How long the request works on a purge. A job, queued with it, does the rest. */
const PATIENCE_MILLISECONDS = 8_000

export interface Purging {
  username: string
  by: Actor
  reason: string | null
}

/**
 * Hides all that a member has posted in the last hours: their posts, and the threads that they started. Each in a
 * transaction of its own, so that readers do not wait for all of it.
 * @throws Problem 404 for an unknown name, 403 when it is not allowed.
 */
export async function purgeMember(
  forum: Forum,
  { username, by, reason, hours }: Purging & { hours: number },
): Promise<void> {
  const member = await allowed(forum, username, by)
  const id = await inTransaction(forum, async (transaction, announce) => {
    await lockMember(transaction, member)
    const [purge] = await transaction
      .insert(purges)
      .values({ memberId: member, byId: by.id, reason, since: sql`now() - make_interval(hours => ${hours})` })
      .returning({ id: purges.id })
    if (!purge) throw new Error('An insert answered no row')
    await recordAct(transaction, { kind: 'purge', by: by.id, member, reason, after: { hours } })
    await notifyOfAccount(transaction, { memberId: member, occasion: 'purged', reason, path: '/settings' })
    await announce(memberEvent('notified', member))
    await addJob(transaction, 'carry_out_purge', { purge: purge.id })
    return purge.id
  })
  await carryOutPurge(forum, id, Date.now() + PATIENCE_MILLISECONDS)
}

/**
 * Undoes the last purge of a member: shows again exactly what it has hidden and nobody has changed since.
 * @throws Problem 409 when there is nothing to undo, and as `purgeMember`.
 */
export async function undoPurge(forum: Forum, { username, by, reason }: Purging): Promise<void> {
  const member = await allowed(forum, username, by)
  const id = await inTransaction(forum, async (transaction, announce) => {
    await lockMember(transaction, member)
    const [last] = await transaction
      .select({ id: purges.id })
      .from(purges)
      .where(and(eq(purges.memberId, member), isNull(purges.undoneAt)))
      .orderBy(desc(purges.id))
      .limit(1)
    if (!last) throw conflict('moderation.nothing_purged')
    await transaction.update(purges).set({ undoneAt: sql`now()` }).where(eq(purges.id, last.id))
    await recordAct(transaction, { kind: 'unpurge', by: by.id, member, reason })
    await notifyOfAccount(transaction, { memberId: member, occasion: 'unpurged', reason, path: '/settings' })
    await announce(memberEvent('notified', member))
    await addJob(transaction, 'carry_out_purge', { purge: last.id })
    return last.id
  })
  await carryOutPurge(forum, id, Date.now() + PATIENCE_MILLISECONDS)
}

async function allowed({ database }: Forum, username: string, by: Actor): Promise<number> {
  const found = await publicProfile(database, username)
  if (!found) throw notFound('members.not_found')
  if (!maySanction(by, found)) throw notAllowed(found.role === 'admin' ? 'moderation.not_admins' : 'errors.not_allowed')
  return found.id
}

type Purge = typeof purges.$inferSelect

/** Continues a purge, or undoing it, until all is done or time is up. Two runs at once do nothing twice. */
export async function carryOutPurge(forum: Forum, id: number, until = Number.POSITIVE_INFINITY): Promise<void> {
  const [purge] = await forum.database.select().from(purges).where(eq(purges.id, id))
  if (!purge) return
  const acts = purge.undoneAt === null ? await toHide(forum, purge) : await toShow(forum, purge)
  for (const act of acts) {
    if (Date.now() > until) return
    await act()
  }
}

type Act = () => Promise<void>

/** Threads first, so that posts in them need not be hidden one by one. */
async function toHide(forum: Forum, purge: Purge): Promise<Act[]> {
  const { database } = forum
  const catalogue = await boardCatalogue(forum)
  const moderator: Moderator = { by: purge.byId, reason: purge.reason, inBulk: true }
  const started = await database
    .select({ id: threads.id })
    .from(threads)
    .where(and(eq(threads.authorId, purge.memberId), isNull(threads.removedAt), between(threads.createdAt, purge)))
    .orderBy(asc(threads.id))
  const written = await database
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, purge.memberId), isNull(posts.deletedAt), between(posts.createdAt, purge)))
    .orderBy(asc(posts.id))
  const hideThread = (thread: number) => () =>
    whileItHolds(forum, purge, async (transaction, announce) => {
      const hiddenAt = await takeThreadAway(forum, transaction, announce, { catalogue, thread, ...moderator })
      if (hiddenAt) await transaction.insert(purged).values({ purgeId: purge.id, threadId: thread, hiddenAt })
    })
  const hidePost = (id: number) => () =>
    whileItHolds(forum, purge, async (transaction, announce) => {
      const post = await postById(forum.database, id)
      if (!post || !(await takeOutOfSight(forum, transaction, announce, { catalogue, post, ...moderator }))) return
      const [hidden] = await transaction.select({ at: posts.deletedAt }).from(posts).where(eq(posts.id, id))
      if (hidden?.at) await transaction.insert(purged).values({ purgeId: purge.id, postId: id, hiddenAt: hidden.at })
    })
  return [...started.map(({ id }) => hideThread(id)), ...written.map(({ id }) => hidePost(id))]
}

/** Posts first, so that their threads are not empty when they come back. */
async function toShow(forum: Forum, purge: Purge): Promise<Act[]> {
  const catalogue = await boardCatalogue(forum)
  const moderator: Moderator = { by: purge.byId, reason: null, inBulk: true }
  const hidden = await forum.database.select().from(purged).where(eq(purged.purgeId, purge.id)).orderBy(asc(purged.id))
  const showPost = (row: typeof purged.$inferSelect, id: number) => () =>
    whileItHolds(forum, purge, async (transaction, announce) => {
      const post = await postById(forum.database, id)
      const same = sql`${posts.deletedAt} = ${row.hiddenAt.toISOString()}::timestamptz`
      if (post) await showAgain(forum, transaction, announce, { catalogue, post, ...moderator }, same)
      await transaction.delete(purged).where(eq(purged.id, row.id))
    })
  const showThread = (row: typeof purged.$inferSelect, thread: number) => () =>
    whileItHolds(forum, purge, async (transaction, announce) => {
      await bringThreadBack(forum, transaction, announce, { catalogue, thread, ...moderator }, row.hiddenAt)
      await transaction.delete(purged).where(eq(purged.id, row.id))
    })
  return [
    ...hidden.flatMap((row) => (row.postId === null ? [] : [showPost(row, row.postId)])),
    ...hidden.flatMap((row) => (row.threadId === null ? [] : [showThread(row, row.threadId)])),
  ]
}

const between = (moment: Column, { since, at }: Purge) => and(gte(moment, since), lte(moment, at))

/** Does one part while the purge is not reversed. Locks the purge, so that a reversal waits. */
const whileItHolds = (
  forum: Forum,
  { id, undoneAt }: Purge,
  act: (transaction: Transaction, announce: Announce) => Promise<void>,
): Promise<void> =>
  inTransaction(forum, async (transaction, announce) => {
    const [held] = await transaction.select().from(purges).where(eq(purges.id, id)).for('no key update')
    if (held && (held.undoneAt === null) === (undoneAt === null)) await act(transaction, announce)
  })
